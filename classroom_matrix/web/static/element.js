// Hands over to Element Web of the same origin, which reads from here where the homeserver is (mx_sso_hs_url) and which
// language to speak (mx_local_settings), and from its own address a token that works once; it takes that out of the history.
"use strict";
const { element, homeserver, token } = document.getElementById("element").dataset;
const language = document.documentElement.lang;
localStorage.setItem("mx_sso_hs_url", homeserver);
try {
  const settings = JSON.parse(localStorage.getItem("mx_local_settings") ?? "{}");
  localStorage.setItem("mx_local_settings", JSON.stringify({ ...settings, language }));
} catch {
  // Settings that cannot be read are Element's to mend.
}
location.replace(`${element}/?loginToken=${encodeURIComponent(token)}`);
