"""What `validate` found, in the forms that editors, forges and CI read; and `validate --locked`."""
