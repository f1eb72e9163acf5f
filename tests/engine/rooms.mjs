// What a client does in rooms.

import { Direction, EventType } from "matrix-js-sdk";

const ENCRYPTION = { algorithm: "m.megolm.v1.aes-sha2" };

export const roomVerbs = {
    // As Element's "new message": encrypted where everybody has keys, unless `encrypted` says yes or no.
    async createDm({ client, crypto, room }, { other, encrypted }) {
        if (encrypted === null) {
            const devices = (await crypto.getUserDeviceInfo([other], true)).get(other);
            encrypted = devices !== undefined && devices.size > 0;
        }
        const state = encrypted ? [{ type: EventType.RoomEncryption, state_key: "", content: ENCRYPTION }] : [];
        const made = await client.createRoom({
            preset: "trusted_private_chat",
            is_direct: true,
            invite: [other],
            initial_state: state,
        });
        const direct = client.getAccountData(EventType.Direct)?.getContent() ?? {};
        await client.setAccountData(EventType.Direct, { ...direct, [other]: [...(direct[other] ?? []), made.room_id] });
        return made.room_id;
    },

    async join(session, { room }) {
        const { roomId } = await session.client.joinRoom(room);
        await session.room(roomId);
        return roomId;
    },

    async send(session, { room, type, content, txnId }) {
        await session.room(room);
        return (await session.client.sendEvent(room, null, type, content, txnId ?? undefined)).event_id;
    },

    async encryptRoom(session, { room }) {
        await session.room(room);
        const { event_id } = await session.client.sendStateEvent(room, EventType.RoomEncryption, ENCRYPTION);
        await session.room(room, (known) => known.hasEncryptionStateEvent());
        return event_id;
    },

    async isEncrypted(session, { room }) {
        await session.room(room);
        return session.crypto.isEncryptionEnabledInRoom(room);
    },

    // What the client holds of a room, read anew: shields and failures as they are now.
    async events(session, { room }) {
        const known = await session.room(room);
        return Promise.all(known.getLiveTimeline().getEvents().map((event) => session.read(event)));
    },

    // Everything the account may read, from the homeserver, oldest first, as far as this client can open it.
    async history(session, { room }) {
        await session.room(room);
        const events = [];
        let from = null;
        do {
            const page = await session.client.createMessagesRequest(room, from, 500, Direction.Backward);
            events.push(...page.chunk);
            from = page.end;
        } while (from);
        const mapper = session.client.getEventMapper({ preventReEmit: true, decrypt: false });
        return Promise.all(events.reverse().map((raw) => session.read(mapper({ room_id: room, ...raw }))));
    },
};
