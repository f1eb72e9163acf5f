// What matrix-js-sdk takes from Node 22 and Node 18 or 20 lack, and a quiet console. Imported first.

import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;

Promise.withResolvers ??= function withResolvers() {
    const resolvers = {};
    resolvers.promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
    return resolvers;
};

// Standard output belongs to the protocol; of what the libraries say, the bad news goes to standard error, without access
// tokens. That an event cannot be read is told with the event.
const USUAL = /Failed to decrypt a room event|Error decrypting event|Adding default global|Secret storage is not yet set up/;
const complain = (...words) => {
    const said = words.map(briefly).join(" ");
    if (!USUAL.test(said)) process.stderr.write(`${said.replaceAll(/sy[trl]_\w+/g, "<token>")}\n`);
};
const briefly = (word) => (word instanceof Error ? word.message : typeof word === "object" ? "{…}" : String(word));
Object.assign(console, { trace() {}, debug() {}, info() {}, log() {}, warn: complain, error: complain });
