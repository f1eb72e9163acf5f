// One logged-in client: its start, its end, and what it sees.

import { ClientEvent, createClient, MatrixEventEvent, RoomEvent } from "matrix-js-sdk";
import {
    AllDevicesIsolationMode,
    CryptoEvent,
    EventShieldColour,
    EventShieldReason,
    OnlySignedDevicesIsolationMode,
} from "matrix-js-sdk/lib/crypto-api/index.js";

const TIMELINE = 500; // events of a room that one sync may bring; a longer gap is not filled

const quiet = {
    trace() {},
    debug() {},
    info() {},
    warn: (...words) => console.warn(...words),
    error: (...words) => console.error(...words),
    getChild: () => quiet,
};

export class Session {
    constructor(name, { baseUrl, userId, accessToken, deviceId, isolation }, tell) {
        this.name = name;
        this.tell = tell;
        this.isolation = isolation;
        this.requests = new Map(); // verifications by transaction
        this.queues = new Map(); // by room: events are told in their order, although opening one takes a while
        this.told = new Map(); // event ID → whether it was readable
        this.client = createClient({ baseUrl, userId, accessToken, deviceId, logger: quiet });
    }

    get crypto() {
        return this.client.getCrypto();
    }

    async start() {
        const { client } = this;
        await client.initRustCrypto({ useIndexedDB: false });
        this.isolate(this.isolation);
        client.on(RoomEvent.Timeline, (event, room, toStart, removed, data) => {
            if (data?.liveEvent !== false && !toStart && !removed && room) this.enqueue(event);
        });
        client.on(MatrixEventEvent.Decrypted, (event) => {
            if (this.told.get(event.getId()) === false && !event.isDecryptionFailure()) this.enqueue(event);
        });
        client.on(RoomEvent.MyMembership, (room, membership) => {
            if (membership === "invite") this.tell({ event: "invite", room: room.roomId });
        });
        client.on(CryptoEvent.VerificationRequestReceived, (request) => this.watch(request));
        const ready = new Promise((resolve, reject) => {
            client.on(ClientEvent.Sync, (state, _, data) => {
                if (state === "PREPARED") resolve();
                else if (state === "ERROR" && client.getSyncState() === "ERROR") reject(data?.error ?? new Error("no sync"));
            });
        });
        await client.startClient({
            initialSyncLimit: TIMELINE,
            lazyLoadMembers: true,
            pendingEventOrdering: "detached",
            threadSupport: false,
        });
        await ready;
        // Its first keys would be published a moment later anyway; whoever waits for the start counts on them.
        await this.crypto.outgoingRequestsManager.doProcessOutgoingRequests();
        return { userId: client.getUserId(), deviceId: client.getDeviceId(), version: this.crypto.getVersion() };
    }

    async stop({ logout }) {
        if (logout) await this.client.logout(true);
        else this.client.stopClient();
    }

    // "signed" is Element's "exclude insecure devices" (MSC4153), "all" what it does without.
    isolate(mode) {
        const modes = { all: () => new AllDevicesIsolationMode(true), signed: () => new OnlySignedDevicesIsolationMode() };
        if (!Object.hasOwn(modes, mode)) throw new Error(`no isolation mode ${mode}`);
        this.crypto.setDeviceIsolationMode(modes[mode]());
    }

    // ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────

    // The room, once the client has heard that it is in it: before, it does not know whether to encrypt.
    room(roomId, condition = () => true) {
        const fits = () => {
            const room = this.client.getRoom(roomId);
            return room?.getMyMembership() === "join" && condition(room) ? room : null;
        };
        return this.when(ClientEvent.Sync, fits);
    }

    // What `look` returns, as soon as that is something; looks again at each event of this kind.
    async when(kind, look) {
        const found = await look();
        if (found) return found;
        return new Promise((resolve, reject) => {
            const again = async () => {
                try {
                    const found = await look();
                    if (!found) return;
                    this.client.off(kind, again);
                    resolve(found);
                } catch (error) {
                    this.client.off(kind, again);
                    reject(error);
                }
            };
            this.client.on(kind, again);
            again();
        });
    }

    // ── What it sees ────────────────────────────────────────────────────────────────────────────────────────────

    enqueue(event) {
        const room = event.getRoomId();
        const before = this.queues.get(room) ?? Promise.resolve();
        const told = before.then(async () => {
            const content = await this.read(event);
            if (this.told.get(event.getId()) === true) return;
            this.told.set(event.getId(), content.failure === null);
            this.tell({ event: "timeline", content });
        });
        this.queues.set(room, told.catch((error) => console.error("an event cannot be told:", error)));
    }

    // An event as the homeserver sends it, in clear, with `encrypted`, `failure` (why it cannot be read) and `shield`.
    async read(event) {
        await this.client.decryptEventIfNeeded(event).catch(() => {});
        const encrypted = event.isEncrypted();
        const failure = encrypted ? event.decryptionFailureReason : null;
        const wire = event.getWireContent();
        const clear = encrypted && failure === null;
        const content = clear ? event.getOriginalContent() : wire;
        const relation = wire["m.relates_to"]; // stays outside of what is encrypted
        return {
            event_id: event.getId(),
            room_id: event.getRoomId(),
            sender: event.getSender(),
            type: clear ? event.getType() : event.getWireType(),
            content: relation && clear ? { ...content, "m.relates_to": relation } : content,
            origin_server_ts: event.getTs(),
            unsigned: event.getUnsigned(),
            ...(event.isState() ? { state_key: event.getStateKey() } : {}),
            encrypted,
            failure,
            shield: clear ? await this.shield(event) : null,
        };
    }

    // {colour: "none" | "grey" | "red", reason}, or null for what was not encrypted.
    async shield(event) {
        const info = await this.crypto.getEncryptionInfoForEvent(event);
        if (info === null) return null;
        const reason = info.shieldReason === null ? null : EventShieldReason[info.shieldReason];
        return { colour: EventShieldColour[info.shieldColour].toLowerCase(), reason };
    }

    // ── Verifications ───────────────────────────────────────────────────────────────────────────────────────────

    watch(request) {
        const key = request.transactionId;
        if (this.requests.has(key)) return key;
        this.requests.set(key, request);
        const tell = () =>
            this.tell({
                event: "verification",
                transaction: key,
                room: request.roomId ?? null,
                other: request.otherUserId,
                phase: request.phase,
                mine: request.initiatedByMe,
                cancelled: request.cancellationCode,
            });
        request.on("change", tell);
        tell();
        return key;
    }
}
