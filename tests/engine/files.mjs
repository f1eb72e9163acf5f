// Files, sealed before the upload in encrypted rooms (spec, "Sending encrypted attachments").

import { EventType } from "matrix-js-sdk";

const { subtle } = globalThis.crypto;
const unpadded = (bytes) => Buffer.from(bytes).toString("base64").replaceAll("=", "");
const counter = (iv) => ({ name: "AES-CTR", counter: iv, length: 64 });

async function seal(bytes) {
    const key = await subtle.generateKey({ name: "AES-CTR", length: 256 }, true, ["encrypt", "decrypt"]);
    const iv = new Uint8Array(16); // its second half counts blocks, from zero
    globalThis.crypto.getRandomValues(iv.subarray(0, 8));
    const sealed = await subtle.encrypt(counter(iv), key, bytes);
    const hashes = { sha256: unpadded(await subtle.digest("SHA-256", sealed)) };
    return { sealed, file: { v: "v2", key: await subtle.exportKey("jwk", key), iv: unpadded(iv), hashes } };
}

async function unseal(sealed, { key, iv, hashes }) {
    if (unpadded(await subtle.digest("SHA-256", sealed)) !== hashes.sha256.replaceAll("=", "")) {
        throw new Error("the file is not the one that was sent");
    }
    const imported = await subtle.importKey("jwk", key, "AES-CTR", false, ["decrypt"]);
    return subtle.decrypt(counter(Buffer.from(iv, "base64")), imported, sealed);
}

export const fileVerbs = {
    // `data` in base64, both ways.
    async sendFile(session, { room, name, data, mimetype, msgtype, txnId }) {
        await session.room(room);
        const bytes = Buffer.from(data, "base64");
        const content = { msgtype, body: name, filename: name, info: { mimetype, size: bytes.length } };
        if (await session.crypto.isEncryptionEnabledInRoom(room)) {
            const { sealed, file } = await seal(bytes);
            const upload = { type: "application/octet-stream", includeFilename: false };
            content.file = { ...file, url: (await session.client.uploadContent(Buffer.from(sealed), upload)).content_uri };
        } else {
            content.url = (await session.client.uploadContent(bytes, { type: mimetype, name })).content_uri;
        }
        const sent = await session.client.sendEvent(room, null, EventType.RoomMessage, content, txnId ?? undefined);
        return sent.event_id;
    },

    // `content`: of an event, in clear.
    async fetchFile({ client }, { content }) {
        const address = client.mxcUrlToHttp(content.file?.url ?? content.url, null, null, null, false, true, true);
        const answer = await fetch(address, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
        if (!answer.ok) throw new Error(`the homeserver answers ${answer.status} for this file`);
        const bytes = await answer.arrayBuffer();
        return Buffer.from(content.file ? await unseal(bytes, content.file) : bytes).toString("base64");
    },
};
