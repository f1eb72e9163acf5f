// Identities, devices and room keys.

import { DeviceId, LocalTrust, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { CryptoEvent } from "matrix-js-sdk/lib/crypto-api/index.js";

export const trustVerbs = {
    // Makes an identity where the account has none; `anew` replaces the one it has.
    async bootstrapCrossSigning({ client, crypto }, { password, anew }) {
        const user = client.getUserId();
        if (!anew && (await crypto.userHasCrossSigningKeys(user, true))) {
            throw new Error(`${user} has an identity already: take it from another client, or make it anew`);
        }
        await crypto.bootstrapCrossSigning({
            setupNewCrossSigning: anew,
            async authUploadDeviceSigningKeys(upload) {
                try {
                    await upload(null);
                } catch (error) {
                    if (error.httpStatus !== 401 || !error.data?.flows) throw error;
                    const identifier = { type: "m.id.user", user };
                    await upload({ type: "m.login.password", identifier, password, session: error.data.session });
                }
            },
        });
    },

    // The identity's private keys from another client of the account here, as by scanning a QR code; signs this device.
    async takeIdentity({ client, crypto }, { from }) {
        await crypto.userHasCrossSigningKeys(client.getUserId(), true);
        await crypto.importSecretsBundle(await from.crypto.exportSecretsBundle());
        await crypto.crossSignDevice(client.getDeviceId());
    },

    setIsolation: (session, { mode }) => session.isolate(mode),

    // Who somebody is to us, and each of their devices.
    async trust({ crypto }, { user }) {
        const devices = (await crypto.getUserDeviceInfo([user], true)).get(user) ?? new Map();
        const status = await crypto.getUserVerificationStatus(user);
        const statuses = {};
        for (const device of devices.keys()) {
            const found = await crypto.getDeviceVerificationStatus(user, device);
            statuses[device] = {
                signed_by_owner: found.signedByOwner,
                cross_signing_verified: found.crossSigningVerified,
                locally_verified: found.localVerified,
                verified: found.isVerified(),
            };
        }
        return {
            identity: await crypto.userHasCrossSigningKeys(user, true),
            known: status.known,
            verified: status.isVerified(),
            was_verified: status.wasCrossSigningVerified(),
            needs_approval: status.needsUserApproval,
            devices: statuses,
        };
    },

    // Until the client has heard of a device, and of its signature where that is asked for; `gone`: until it is no more.
    async waitForDevice(session, { user, device, signed, gone }) {
        const { crypto } = session;
        await session.when(CryptoEvent.DevicesUpdated, async () => {
            const devices = (await crypto.getUserDeviceInfo([user], true)).get(user) ?? new Map();
            if (gone) return !devices.has(device);
            if (!devices.has(device)) return false;
            return !signed || (await crypto.getDeviceVerificationStatus(user, device)).signedByOwner;
        });
    },

    // The signatures of a verification go to the homeserver and come back.
    waitUntilVerified: (session, { user }) =>
        session.when(CryptoEvent.UserTrustStatusChanged, async () => {
            return (await session.crypto.getUserVerificationStatus(user)).isVerified();
        }),

    // Accept that somebody's identity is another one now, as Element's "OK" under its warning does.
    pinIdentity: ({ crypto }, { user }) => crypto.pinCurrentUserIdentity(user),
    withdrawVerification: ({ crypto }, { user }) => crypto.withdrawVerificationRequirement(user),

    // The SDK offers no verb for this any more; its engine does.
    async blockDevice({ crypto }, { user, device }) {
        const found = await crypto.getOlmMachineOrThrow().getDevice(new UserId(user), new DeviceId(device));
        if (found === undefined) throw new Error(`${user} has no device ${device}`);
        await found.setLocalTrust(LocalTrust.BlackListed);
    },

    // Element's "only send messages to verified users". Isolation "signed" does not look at it.
    onlyVerified({ crypto }, { only }) {
        crypto.globalBlacklistUnverifiedDevices = only;
    },

    discardSession: ({ crypto }, { room }) => crypto.forceDiscardSession(room),

    async takeRoomKeys({ crypto }, { from }) {
        await crypto.importRoomKeysAsJson(await from.crypto.exportRoomKeysAsJson());
    },

    async countRoomKeys({ crypto }, { room }) {
        return (await crypto.exportRoomKeys()).filter((key) => room === null || key.room_id === room).length;
    },
};
