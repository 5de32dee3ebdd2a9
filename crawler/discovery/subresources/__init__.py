"""What a page is shown with: images, style sheets and what they name, the files that it offers."""
