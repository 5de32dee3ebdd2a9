// The service worker of ReplayWeb.page (wabac.js), unchanged, whose answers get one more policy: an archived page loads
// nothing that this origin does not send, opens no window, and leads its frame nowhere else.
"use strict";

const POLICY =
  "sandbox allow-scripts allow-same-origin allow-forms allow-downloads; " +
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; base-uri 'self'; " +
  "form-action 'self'";

function confined(answer) {
  const isRedirect = answer.status >= 300 && answer.status < 400;
  if (answer.status < 200 || isRedirect) return answer; // a failure, or nothing that is shown
  const headers = new Headers(answer.headers);
  headers.append("Content-Security-Policy", POLICY); // of several policies all hold
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("X-DNS-Prefetch-Control", "off");
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}

if (self.FetchEvent) {
  // The component starts the same script as a worker, too, which loads an archive and answers nothing.
  const respondWith = FetchEvent.prototype.respondWith;
  FetchEvent.prototype.respondWith = function (answer) {
    respondWith.call(this, Promise.resolve(answer).then(confined));
  };
}

importScripts("wabac.js");
