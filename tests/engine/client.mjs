// Matrix clients with Element's engine (matrix-js-sdk and its Rust crypto), driven by lines of JSON.
//
// In:  {id, verb, client, …}; the words of each verb stand in the tables imported below.
// Out: {id, ok: true, result} or {id, ok: false, error: {message, errcode, status}}, and at any time
//      {event: "timeline" | "invite" | "verification", client, …} when something happens to a client.
//
// One process holds several clients, each with a name of the caller's choice: loading the engine is what costs.
// It ends when standard input closes, so it never outlives whoever started it.

import "./older_node.mjs";
import { createInterface } from "node:readline";

import { fileVerbs } from "./files.mjs";
import { Session } from "./session.mjs";
import { roomVerbs } from "./rooms.mjs";
import { trustVerbs } from "./trust.mjs";
import { verificationVerbs } from "./verification.mjs";

const sessions = new Map();
const verbs = { ...roomVerbs, ...fileVerbs, ...trustVerbs, ...verificationVerbs };

function say(line) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function carryOut({ verb, client, ...words }) {
    if (verb === "start") {
        if (sessions.has(client)) throw new Error(`there is a client ${client} already`);
        const session = new Session(client, words, (event) => say({ client, ...event }));
        sessions.set(client, session);
        return session.start();
    }
    const session = sessions.get(client);
    if (session === undefined) throw new Error(`there is no client ${client}`);
    if (verb === "stop") {
        sessions.delete(client);
        return session.stop(words);
    }
    if ("from" in words) words.from = sessions.get(words.from);
    if (!Object.hasOwn(verbs, verb)) throw new Error(`there is no verb ${verb}`);
    return verbs[verb](session, words);
}

createInterface({ input: process.stdin })
    .on("line", async (line) => {
        const { id, ...request } = JSON.parse(line);
        try {
            say({ id, ok: true, result: (await carryOut(request)) ?? null });
        } catch (error) {
            const { message, errcode, httpStatus: status, data } = error;
            say({ id, ok: false, error: { message: data?.error ?? message ?? String(error), errcode, status } });
        }
    })
    .on("close", () => process.exit(0));
