// Verifying each other by emoji, in a private chat (other people) or by to-device messages (devices).

import { VerifierEvent } from "matrix-js-sdk/lib/crypto-api/verification.js";

function request(session, transaction) {
    const found = session.requests.get(transaction);
    if (found === undefined) throw new Error(`no verification ${transaction}`);
    return found;
}

export const verificationVerbs = {
    // With `room` as Element verifies a person, with `device` as it verifies a device.
    async requestVerification(session, { user, room, device }) {
        if (room !== null) await session.room(room);
        const { crypto } = session;
        const made = room !== null ? crypto.requestVerificationDM(user, room) : crypto.requestDeviceVerification(user, device);
        return session.watch(await made);
    },

    acceptVerification: (session, { transaction }) => request(session, transaction).accept(),
    cancelVerification: (session, { transaction }) => request(session, transaction).cancel(),

    async startEmoji(session, { transaction }) {
        await request(session, transaction).startVerification("m.sas.v1");
    },

    // Both sides: go on until the emoji are there, answer with them.
    async showEmoji(session, { transaction }) {
        const { verifier } = request(session, transaction);
        if (verifier === undefined) throw new Error("nobody has started comparing emoji");
        const shown = new Promise((resolve, reject) => {
            verifier.once(VerifierEvent.ShowSas, resolve);
            verifier.once(VerifierEvent.Cancel, () => reject(new Error("the verification was cancelled")));
        });
        session.comparing ??= new Map();
        session.comparing.set(transaction, verifier.verify());
        session.comparing.get(transaction).catch(() => {}); // confirmEmoji tells
        const sas = verifier.getShowSasCallbacks() ?? (await shown);
        return sas.sas.emoji.map(([emoji]) => emoji);
    },

    async confirmEmoji(session, { transaction }) {
        await request(session, transaction).verifier.getShowSasCallbacks().confirm();
        await session.comparing.get(transaction);
    },
};
