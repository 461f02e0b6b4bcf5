// Generated from the API's document by npm run openapi.
export interface paths {
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether this instance has an owner */
        get: operations["getSetup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open the set-up link */
        post: operations["postSetupBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Become the first owner */
        post: operations["postSetupFinish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a passkey */
        post: operations["postSessionBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a passkey */
        post: operations["postSessionFinish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a recovery code
         * @description Each code works once. The session it opens can add a passkey and confirms nothing else.
         */
        post: operations["postSessionRecovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew the session
         * @description Takes the refresh cookie and replaces it. A token presented again later ends its session.
         */
        post: operations["postSessionRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out
         * @description Ends the session of the cookies or the token; without one it changes nothing.
         */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enrol/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a break-glass link */
        post: operations["postEnrolBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enrol/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enrol a new passkey with a break-glass link */
        post: operations["postEnrolFinish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open an invitation */
        post: operations["postInvitationsBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation with a passkey */
        post: operations["postInvitationsFinish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who you are and what you may do
         * @description An API key is told the person it stands for, and itself.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change your name or preferences */
        patch: operations["patchMe"];
        trace?: never;
    };
    "/api/v1/session/step-up/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a passkey again */
        post: operations["postSessionStepUpBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/step-up/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm with a passkey */
        post: operations["postSessionStepUpFinish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where you are signed in */
        get: operations["getMeSessions"];
        put?: never;
        post?: never;
        /** Sign out everywhere else */
        delete: operations["deleteMeSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out everywhere, here too */
        delete: operations["deleteMeSessionsAll"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one session */
        delete: operations["deleteMeSessionsBySessionId"];
        options?: never;
        head?: never;
        /** Name a device */
        patch: operations["patchMeSessionsBySessionId"];
        trace?: never;
    };
    "/api/v1/me/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your passkeys */
        get: operations["getMePasskeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/passkeys/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for another passkey
         * @description Needs a passkey proven within five minutes, or a session opened by a recovery code.
         */
        post: operations["postMePasskeysBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/passkeys/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Store the new passkey */
        post: operations["postMePasskeysFinish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/passkeys/{passkeyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a passkey
         * @description Never the last one. Needs a passkey proven within five minutes.
         */
        delete: operations["deleteMePasskeysByPasskeyId"];
        options?: never;
        head?: never;
        /** Rename a passkey */
        patch: operations["patchMePasskeysByPasskeyId"];
        trace?: never;
    };
    "/api/v1/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many codes are left */
        get: operations["getMeRecoveryCodes"];
        put?: never;
        /**
         * Make new recovery codes
         * @description Replaces all earlier ones. Needs a passkey proven within five minutes.
         */
        post: operations["postMeRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a password and a code
         * @description Where an owner allows it. The session confirms nothing destructive without a passkey.
         */
        post: operations["postSessionPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your second way in */
        get: operations["getMeSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set or change your password
         * @description Needs a passkey proven within five minutes. Opens nothing without an authenticator app.
         */
        put: operations["putMePassword"];
        post?: never;
        /**
         * Remove your password
         * @description Ends other sessions that it opened. Needs a passkey proven within five minutes.
         */
        delete: operations["deleteMePassword"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set up an authenticator app
         * @description Needs a passkey proven within five minutes. The secret is shown this once.
         */
        post: operations["postMeTotpBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm the authenticator app
         * @description With the first code it shows. It takes the place of an earlier one.
         */
        post: operations["postMeTotpFinish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove the authenticator app
         * @description The password opens nothing without it. Needs a passkey proven within five minutes.
         */
        delete: operations["deleteMeTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may use a password */
        get: operations["getSettingsSignIn"];
        /**
         * Allow passwords, or require passkeys
         * @description Switching off ends every session that a password opened. Needs a fresh passkey proof.
         */
        put: operations["putSettingsSignIn"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a person may sign in */
        get: operations["getUsersByUserIdSignIn"];
        /**
         * Allow or forbid one person passwords
         * @description Null follows the rule for everybody. Needs a fresh passkey proof.
         */
        put: operations["putUsersByUserIdSignIn"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everybody
         * @description In the order in which they came. Nobody is ever deleted.
         */
        get: operations["getUsers"];
        put?: never;
        /**
         * Invite somebody
         * @description Answers with a one-time link, shown this once. Inviting an owner needs a fresh passkey proof.
         */
        post: operations["postUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One person, and what they may do
         * @description Every permission stands with the rule that decides it.
         */
        get: operations["getUsersByUserId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an invitation */
        delete: operations["deleteUsersByUserIdInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a person
         * @description Ends their sessions, open dashboards and links at once. Can be undone; nothing of theirs is lost.
         */
        post: operations["postUsersByUserIdSuspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/ban": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ban a person for ever
         * @description Cannot be undone: neither the address nor a passkey of theirs comes back. Needs a fresh proof.
         */
        post: operations["postUsersByUserIdBan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deactivate a person
         * @description What deletion is here: the access ends, the record stays. Can be undone.
         */
        post: operations["postUsersByUserIdDeactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign a person out everywhere
         * @description Their sessions end at once. What they may do stays, and so do their API keys.
         */
        delete: operations["deleteUsersByUserIdSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave this instance
         * @description Ends all of one’s access. The last active owner cannot. Needs a fresh passkey proof.
         */
        post: operations["postMeDeactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reactivate a person
         * @description From SUSPENDED or DEACTIVATED, never from BANNED. They sign in anew.
         */
        post: operations["postUsersByUserIdReactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give and take permissions
         * @description The whole list of `+` and `-`. Needs a fresh passkey proof.
         */
        put: operations["putUsersByUserIdPermissions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a role
         * @description Never so that no active owner is left. Needs a fresh passkey proof.
         */
        put: operations["putUsersByUserIdRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your API keys */
        get: operations["getMeApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description No wider than yourself, now and at each use. The key is shown this once. Needs a fresh passkey proof.
         */
        post: operations["postMeApiKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/api-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of your API keys, and what it was used for
         * @description Calls are counted within seconds; what it was of use for is known to the day.
         */
        get: operations["getMeApiKeysByKeyId"];
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description At once and for ever.
         */
        delete: operations["deleteMeApiKeysByKeyId"];
        options?: never;
        head?: never;
        /**
         * Rename an API key or make it narrower
         * @description A key never becomes wider. From where it works can be changed, with a fresh passkey proof.
         */
        patch: operations["patchMeApiKeysByKeyId"];
        trace?: never;
    };
    "/api/v1/me/api-key-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an API key would be able to do
         * @description Decided by the rules that decide when it is used, on examples. Makes nothing.
         */
        get: operations["getMeApiKeyPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/api-keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace an API key
         * @description Its successor is shown this once; the old one works a little longer. Needs a fresh passkey proof.
         */
        post: operations["postMeApiKeysByKeyIdRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everybody’s API keys
         * @description Newest first.
         */
        get: operations["getApiKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Anybody’s API key, and what it was used for */
        get: operations["getApiKeysByKeyId"];
        put?: never;
        post?: never;
        /** Revoke anybody’s API key */
        delete: operations["deleteApiKeysByKeyId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What your API keys ask of you
         * @description The newest twenty.
         */
        get: operations["getMeApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/approvals/{approvalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request of an API key */
        get: operations["getMeApprovalsByApprovalId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/approvals/{approvalId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let an API key do this once
         * @description Exactly this request, within ten minutes. Needs a fresh passkey proof.
         */
        post: operations["postMeApprovalsByApprovalIdApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/approvals/{approvalId}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse a request of an API key */
        post: operations["postMeApprovalsByApprovalIdRefuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/protection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules that watch, and from where owners may work */
        get: operations["getProtection"];
        /**
         * Change the rules and the owners’ addresses
         * @description Needs a fresh passkey proof. A list without your own address is refused.
         */
        put: operations["putProtection"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What owners were told
         * @description Newest first, with the number nobody has acknowledged.
         */
        get: operations["getAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/acknowledge-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Acknowledge every alert */
        post: operations["postAlertsAcknowledgeAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{alertId}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Acknowledge an alert */
        post: operations["postAlertsByAlertIdAcknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/countries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Countries you use */
        get: operations["getMeCountries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/countries/{country}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Confirm a country
         * @description For a VPN or a journey: it is trusted from now on. Needs a fresh passkey proof.
         */
        put: operations["putMeCountriesByCountry"];
        post?: never;
        /** Trust a country no longer */
        delete: operations["deleteMeCountriesByCountry"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a person may do on some things only */
        get: operations["getUsersByUserIdGrants"];
        put?: never;
        /**
         * Give or take permissions for some things only
         * @description Counts from the next request on. Taking beats giving. Needs a fresh passkey proof.
         */
        post: operations["postUsersByUserIdGrants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/grants/{grantId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove such a rule
         * @description Needs a fresh passkey proof.
         */
        delete: operations["deleteUsersByUserIdGrantsByGrantId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every permission there is */
        get: operations["getPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/permissions/{permission}/holders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may do this, and which rule says so */
        get: operations["getPermissionsByPermissionHolders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a person may do this, and which rule says so */
        get: operations["getUsersByUserIdExplanation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether I may do this, and which rule says so */
        get: operations["getMeExplanation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Providers that can be connected */
        get: operations["getProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connected projects */
        get: operations["getAccounts"];
        put?: never;
        /**
         * Connect a project
         * @description The token is checked with the provider before it is stored. The first sync is due at once.
         */
        post: operations["postAccounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One project */
        get: operations["getAccountsByAccountId"];
        put?: never;
        post?: never;
        /**
         * Disconnect a project
         * @description Wipes the token and takes its servers off the list. The history stays; nothing happens at the provider. Needs a passkey proven within five minutes.
         */
        delete: operations["deleteAccountsByAccountId"];
        options?: never;
        head?: never;
        /** Rename a project */
        patch: operations["patchAccountsByAccountId"];
        trace?: never;
    };
    "/api/v1/accounts/{accountId}/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace the token
         * @description The new one is checked first and has to belong to the same project; a refused one changes nothing. Needs a passkey proven within five minutes.
         */
        put: operations["putAccountsByAccountIdToken"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{accountId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a project
         * @description No request goes to the provider for it until it is resumed.
         */
        post: operations["postAccountsByAccountIdPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{accountId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume a project */
        post: operations["postAccountsByAccountIdResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/reencrypt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Seal tokens under the newest master key
         * @description A batch at a time: call again until `remaining` is 0, then the older key may be dropped.
         */
        post: operations["postAccountsReencrypt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{accountId}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a project again now
         * @description Answers when the pass has ended, also when it failed: `result` and `errorCode` tell.
         */
        post: operations["postAccountsByAccountIdSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read every project again now
         * @description One report for each project that is not paused. One that fails does not keep the others.
         */
        post: operations["postSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provider-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Failures of the provider
         * @description Every failed attempt of a call to a provider, newest first. Kept for 90 days.
         */
        get: operations["getProviderLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Servers of all projects */
        get: operations["getServers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The fleet in numbers
         * @description Counts by status, what deserves a look, the values to filter by, and how fresh all of it is.
         */
        get: operations["getServersSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{serverId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One server
         * @description Also one that is gone: its history stays.
         */
        get: operations["getServersByServerId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{serverId}/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change what people add to a server
         * @description Internal name, tags, notes, project and environment. Nothing of it reaches the provider.
         */
        patch: operations["patchServersByServerIdMetadata"];
        trace?: never;
    };
    "/api/v1/servers/{serverId}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Measurements of one server
         * @description As the provider measures them. An answer may be up to a minute old.
         */
        get: operations["getServersByServerIdMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{serverId}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Lock a server against destruction
         * @description Nobody deletes, rebuilds or resizes it, on whatever path, until an owner unlocks it.
         */
        put: operations["putServersByServerIdLock"];
        post?: never;
        /**
         * Unlock a server
         * @description Needs a fresh passkey proof.
         */
        delete: operations["deleteServersByServerIdLock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{serverId}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start, stop, reboot, power off or reset a server
         * @description Answers as soon as the provider has accepted it; the operation tells how it goes on.
         */
        post: operations["postServersByServerIdActions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same action on many servers
         * @description One result for each server, in the order asked for. What fails on one does not stop the others.
         */
        post: operations["postServersActions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operations, newest first */
        get: operations["getOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{operationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How an operation is going */
        get: operations["getOperationsByOperationId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changes, as it changes
         * @description A WebSocket upgrade, with the session cookie, from our own origin. Every message is one JSON event: `{"type":"server.changed","serverIds":[…]}`, `operation.changed`, `account.changed`, `sync.finished`, `audit.appended`, `session.ended`, or, for owners, `alert.raised` and `alert.acknowledged`. Who may see only some servers is told `fleet.changed`, without ids. Events carry ids; read the objects through the API. Send `ping` to keep it open; the answer is `pong`. Close code 4401: the session has ended; 4408: open it again.
         */
        get: operations["getLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, to what, with which result
         * @description Newest first. Nobody can change or remove an entry.
         */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What I did
         * @description Newest first: the part of the activity log that is about what one did oneself.
         */
        get: operations["getMeActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the activity log can be filtered by */
        get: operations["getAuditFacets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/operations/{operationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every row of one operation
         * @description In the order they were written, with what was before and after.
         */
        get: operations["getAuditOperationsByOperationId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/seals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Seals of the activity log */
        get: operations["getAuditSeals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/seal-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public keys of the seals */
        get: operations["getAuditSealKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check the log against its seals
         * @description Looks at as many seals as one call can; go on with `next` until it is null.
         */
        get: operations["getAuditVerification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far the log is archived
         * @description Sealed spans are copied to a bucket where one is bound; nothing is deleted from the log.
         */
        get: operations["getAuditArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole log as a file
         * @description JSON Lines with seals and keys, for `npm run verify-audit`; or CSV.
         */
        get: operations["getAuditExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the fleet costs
         * @description List prices, net, without traffic, volumes, snapshots and anything else that is no server.
         */
        get: operations["getCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/costs/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the fleet cost, day by day */
        get: operations["getCostsHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{userId}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a person
         * @description Ends their sessions, open dashboards and links at once. Can be undone; nothing of theirs is lost.
         */
        post: operations["postApiAdminUsersByUserIdSuspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{userId}/ban": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ban a person for ever
         * @description Cannot be undone: neither the address nor a passkey of theirs comes back. Needs a fresh proof.
         */
        post: operations["postApiAdminUsersByUserIdBan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{userId}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reactivate a person
         * @description From SUSPENDED or DEACTIVATED, never from BANNED. They sign in anew.
         */
        post: operations["postApiAdminUsersByUserIdReactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{userId}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give and take permissions
         * @description The whole list of `+` and `-`. Needs a fresh passkey proof.
         */
        put: operations["putApiAdminUsersByUserIdPermissions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            error: {
                /**
                 * @description What happened, for a program.
                 * @enum {string}
                 */
                code: "invalid_input" | "malformed_body" | "unauthenticated" | "session_expired" | "sign_in_failed" | "session_reuse" | "api_key_invalid" | "api_key_expired" | "forbidden" | "account_not_active" | "origin_refused" | "ip_not_allowed" | "approval_required" | "step_up_required" | "link_invalid" | "not_found" | "method_not_allowed" | "conflict" | "locked" | "owner_locked" | "already_claimed" | "user_banned" | "last_owner" | "user_state" | "already_exists" | "wrong_state" | "idempotency_in_progress" | "link_expired" | "payload_too_large" | "unsupported_media_type" | "idempotency_mismatch" | "new_token_rejected" | "rate_limited" | "internal" | "database_unavailable" | "misconfigured" | "account_paused" | "provider_token_rejected" | "provider_token_read_only" | "provider_forbidden" | "provider_not_found" | "provider_conflict" | "provider_locked" | "provider_protected" | "provider_rejected" | "provider_capacity" | "provider_quota" | "provider_rate_limited" | "provider_maintenance" | "provider_unavailable" | "provider_unreachable" | "provider_timeout" | "provider_malformed" | "provider_action_failed" | "not_carried_out" | "shutdown_timeout" | "outcome_unknown";
                /** @description What happened, for a person. */
                message: string;
                /** @description What to do next. */
                hint?: string;
                /** @description Quote it when you ask for help; the log knows it. */
                requestId: string;
                fields?: {
                    path: string;
                    message: string;
                }[];
                meta?: {
                    [key: string]: string | number | boolean | null;
                };
            };
        };
        PasskeyChallenge: {
            challengeId: string;
            /** @description WebAuthn options as JSON, for the browser’s passkey prompt. */
            options: {
                [key: string]: unknown;
            };
        };
        Me: {
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "OWNER" | "ADMIN" | "USER" | "VIEWER";
            /** @enum {string} */
            status: "ACTIVE" | "SUSPENDED" | "BANNED" | "PENDING" | "DEACTIVATED";
            /**
             * @description Null follows the browser.
             * @enum {string|null}
             */
            locale: "en" | "ar" | null;
            /** @enum {string} */
            theme: "light" | "dark" | "system";
            /** @description What the API will allow, somewhere at least; the rest it refuses. */
            permissions: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
            /** @description Those of them that hold for everything, and not only for some servers or projects. */
            permissionsEverywhere: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
            session: {
                id: string;
                name: string;
                /**
                 * Format: date-time
                 * @description When a passkey was last proven in this session.
                 */
                verifiedAt: string | null;
                /** @description Opened by a recovery code: add a passkey now. */
                mustAddPasskey: boolean;
            };
            passkeyCount: number;
            recoveryCodesRemaining: number;
        };
        RegistrationResponse: {
            id: string;
            rawId: string;
            /** @enum {string} */
            type: "public-key";
            /** @default {} */
            clientExtensionResults: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            authenticatorAttachment?: "platform" | "cross-platform";
            response: {
                clientDataJSON: string;
                attestationObject: string;
                transports?: string[];
            };
        };
        AssertionResponse: {
            id: string;
            rawId: string;
            /** @enum {string} */
            type: "public-key";
            /** @default {} */
            clientExtensionResults: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            authenticatorAttachment?: "platform" | "cross-platform";
            response: {
                clientDataJSON: string;
                authenticatorData: string;
                signature: string;
                userHandle?: string | null;
            };
        };
        KeyMe: {
            id: string;
            name: string;
            /** @enum {string} */
            role: "OWNER" | "ADMIN" | "USER" | "VIEWER";
            /** @description What both its person and the key allow. */
            permissions: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
            /** @description Those of them that hold for everything, and not only for some servers or projects. */
            permissionsEverywhere: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
            key: {
                id: string;
                name: string;
                scopes: Record<string, never>[];
                /** @enum {string} */
                stepUp: "never" | "destructive";
                accountId: string | null;
                hourlyBudget: number | null;
                /** Format: date-time */
                expiresAt: string | null;
            };
        };
        Session: {
            id: string;
            name: string;
            ip: string | null;
            /** @description ISO 3166-1 alpha-2, as the edge saw it. */
            country: string | null;
            userAgent: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastSeenAt: string;
            /** Format: date-time */
            expiresAt: string;
            current: boolean;
        };
        Passkey: {
            id: string;
            name: string;
            /** @description `singleDevice` stays on one device, `multiDevice` is synchronised. */
            deviceType: string;
            backedUp: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string | null;
        };
        RecoveryCodes: {
            /** @description Shown this once; the earlier ones no longer work. */
            codes: string[];
        };
        /** @description The second way in beside passkeys. */
        WaysIn: {
            /** @description Whether the rules of this instance let this person use a password. */
            allowed: boolean;
            password: {
                /** Format: date-time */
                setAt: string;
                /** Format: date-time */
                lastUsedAt: string | null;
            } | null;
            authenticator: {
                /** Format: date-time */
                confirmedAt: string;
                /** Format: date-time */
                lastUsedAt: string | null;
            } | null;
            /** @description Allowed, with both a password and an authenticator app. */
            usable: boolean;
        };
        AuthenticatorSecret: {
            /** @description Base 32; shown this once. */
            secret: string;
            /** @description The same for a QR code (`otpauth://`). */
            uri: string;
        };
        SignInSettings: {
            /**
             * @description `off`: passkeys only, but for those with a rule of their own.
             * @enum {string}
             */
            passwords: "off" | "allowed";
            /** @description People with a rule of their own, at most 200. */
            exceptions: {
                userId: string;
                name: string;
                email: string;
                /** @enum {string} */
                passwords: "off" | "allowed";
            }[];
        };
        PersonSignIn: {
            /**
             * @description The rule for this person; null follows the one for everybody.
             * @enum {string|null}
             */
            own: "off" | "allowed" | null;
            /** @enum {string} */
            everybody: "off" | "allowed";
            /**
             * @description What holds for this person.
             * @enum {string}
             */
            passwords: "off" | "allowed";
            hasPassword: boolean;
            hasAuthenticator: boolean;
        };
        UserPage: {
            items: components["schemas"]["User"][];
            nextCursor: string | null;
        };
        User: {
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "OWNER" | "ADMIN" | "USER" | "VIEWER";
            /** @enum {string} */
            status: "ACTIVE" | "SUSPENDED" | "BANNED" | "PENDING" | "DEACTIVATED";
            /** @description What this person has beyond (`+`) or short of (`-`) the role. `-` beats `+`. */
            permissions: ("+servers:read" | "-servers:read" | "+servers:power" | "-servers:power" | "+servers:annotate" | "-servers:annotate" | "+servers:sync" | "-servers:sync" | "+servers:create" | "-servers:create" | "+servers:delete" | "-servers:delete" | "+servers:rebuild" | "-servers:rebuild" | "+servers:resize" | "-servers:resize" | "+servers:configure" | "-servers:configure" | "+servers:console" | "-servers:console" | "+images:read" | "-images:read" | "+images:manage" | "-images:manage" | "+images:delete" | "-images:delete" | "+ssh-keys:read" | "-ssh-keys:read" | "+ssh-keys:manage" | "-ssh-keys:manage" | "+ssh-keys:delete" | "-ssh-keys:delete" | "+volumes:read" | "-volumes:read" | "+volumes:manage" | "-volumes:manage" | "+volumes:delete" | "-volumes:delete" | "+networks:read" | "-networks:read" | "+networks:manage" | "-networks:manage" | "+networks:delete" | "-networks:delete" | "+firewalls:read" | "-firewalls:read" | "+firewalls:manage" | "-firewalls:manage" | "+firewalls:delete" | "-firewalls:delete" | "+ips:read" | "-ips:read" | "+ips:manage" | "-ips:manage" | "+ips:delete" | "-ips:delete" | "+load-balancers:read" | "-load-balancers:read" | "+load-balancers:manage" | "-load-balancers:manage" | "+load-balancers:delete" | "-load-balancers:delete" | "+certificates:read" | "-certificates:read" | "+certificates:manage" | "-certificates:manage" | "+certificates:delete" | "-certificates:delete" | "+zones:read" | "-zones:read" | "+zones:manage" | "-zones:manage" | "+zones:delete" | "-zones:delete" | "+placement-groups:read" | "-placement-groups:read" | "+placement-groups:manage" | "-placement-groups:manage" | "+placement-groups:delete" | "-placement-groups:delete" | "+accounts:read" | "-accounts:read" | "+accounts:manage" | "-accounts:manage" | "+audit:read" | "-audit:read" | "+provider-log:read" | "-provider-log:read" | "+costs:read" | "-costs:read" | "+users:read" | "-users:read" | "+users:govern" | "-users:govern" | "+api-keys:use" | "-api-keys:use" | "+servers:lock" | "-servers:lock")[];
            /** Format: date-time */
            lastLoginAt: string | null;
            lastIp: string | null;
            failedLoginAttempts: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            statusChangedAt: string | null;
            statusChangedBy: {
                id: string;
                name: string;
            } | null;
            statusReason: string | null;
            passkeyCount: number;
            sessionCount: number;
            /** @description The invitation that has not been taken up; never its link. */
            invitation: {
                /** Format: date-time */
                expiresAt: string;
                expired: boolean;
            } | null;
        };
        UserDetail: components["schemas"]["User"] & {
            sessions: components["schemas"]["Session"][];
            effective: components["schemas"]["EffectivePermission"][];
            /** @description Had for 90 days and not used in any of them. */
            narrowable: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
        };
        EffectivePermission: {
            /** @enum {string} */
            permission: "servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock";
            sentence: string;
            allowed: boolean;
            /**
             * @description The kind of rule that decided.
             * @enum {string}
             */
            by: "role" | "allow" | "deny" | "owner_only" | "viewer" | "grant";
            rule: string;
            /** @description What the role alone would say. */
            byRole: boolean;
            /**
             * @description `some`: for some things only.
             * @enum {string}
             */
            where: "everywhere" | "some" | "nowhere";
            /** @description The rules that give or take it. */
            grantIds: string[];
            /** @description Rules give or take it for some things only. */
            limited: boolean;
            /**
             * Format: date-time
             * @description To the day.
             */
            lastUsedAt: string | null;
            /** @description Had for 90 days and not used in any of them: it can be taken back. */
            unused: boolean;
        };
        /** @description Everything that was ended with it. */
        EndedAccess: {
            sessions: number;
            /** @description Open dashboards closed at once; null: not known. */
            sockets: number | null;
            links: number;
            invitations: number;
            challenges: number;
            /** @description API keys that worked: refused from now on, after a ban for ever. */
            keys: number;
        };
        ApiKey: {
            id: string;
            name: string;
            /** @description Its last four characters. */
            hint: string;
            /**
             * @description `replacing`: rotated, and still working until `overlapUntil`.
             * @enum {string}
             */
            state: "active" | "replacing" | "replaced" | "expired" | "revoked";
            owner: {
                id: string;
                name: string;
                /** @enum {string} */
                status: "ACTIVE" | "SUSPENDED" | "BANNED" | "PENDING" | "DEACTIVATED";
            };
            permissions: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
            scopes: ({
                /** @enum {string} */
                kind: "everything";
            } | {
                /** @enum {string} */
                kind: "account";
                accountId: string;
            } | {
                /** @enum {string} */
                kind: "project";
                project: string;
                environment: string | null;
            } | {
                /** @enum {string} */
                kind: "labels";
                selector: string;
                accountId: string | null;
            } | {
                /** @enum {string} */
                kind: "server";
                serverId: string;
            })[];
            ipAllowlist: string[];
            /** @enum {string} */
            stepUp: "never" | "destructive";
            accountId: string | null;
            hourlyBudget: number | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string | null;
            lastIp: string | null;
            /** @description Minutes in which it was used. */
            useCount: number;
            refusalCount: number;
            /** Format: date-time */
            revokedAt: string | null;
            revokedReason: string | null;
            replacedBy: string | null;
            /** Format: date-time */
            overlapUntil: string | null;
        };
        ApiKeyDetail: {
            key: components["schemas"]["ApiKey"];
            /** @description Of the server or provider project of each scope, where there is one. */
            scopeNames: (string | null)[];
            /** @description Where it works, with the provider’s limit an hour for all tools and people together. */
            projects: {
                id: string;
                name: string;
                limit: number;
                remaining: number;
            }[];
            /** @description Its own limit an hour, where it has one. */
            budget: {
                limit: number;
                remaining: number;
            } | null;
            /** @description Of the last 30 days (UTC), oldest first. Refused calls are calls, too. */
            usage: {
                days: {
                    /** Format: date */
                    day: string;
                    calls: number;
                    refusals: number;
                }[];
                calls: number;
                refusals: number;
                /** @description Since its first counted call. */
                watchedDays: number;
            };
            permissions: {
                /** @enum {string} */
                permission: "servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock";
                /** Format: date */
                lastUsedOn: string | null;
            }[];
            operations: {
                operation: string;
                /** @enum {string} */
                permission: "servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock";
                /** Format: date */
                lastUsedOn: string;
            }[];
            /** @description What would be enough, after a week at least and where that is less than it has. */
            tighten: {
                permissions: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
            } | null;
        };
        ApiKeyPreview: {
            /** @description How many of the servers its person sees are where the key works. */
            servers: {
                reached: number;
                total: number;
            };
            /** @description What making this key would be refused for. */
            problems: {
                path: string;
                message: string;
            }[];
            examples: {
                /** @description null: something new, or no server at all. */
                server: {
                    id: string;
                    name: string;
                } | null;
                explanation: components["schemas"]["Explanation"];
            }[];
        };
        Explanation: {
            /** @enum {string} */
            permission: "servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock";
            allowed: boolean;
            /** @description The rule that decided, in words. */
            rule: string;
            /** @enum {string} */
            by: "session" | "system" | "status" | "role" | "allow" | "deny" | "owner_only" | "viewer" | "grant" | "key";
            grantId: string | null;
        };
        MadeApiKey: {
            key: components["schemas"]["ApiKey"];
            /** @description The whole key, 64 characters. Shown this once; kept nowhere. */
            secret: string;
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKey"][];
            nextCursor: string | null;
        };
        KeyApproval: {
            id: string;
            /**
             * @description `approved`: to be made; `done`: made.
             * @enum {string}
             */
            state: "waiting" | "approved" | "refused" | "done" | "expired";
            key: {
                id: string;
                name: string;
                hint: string;
            };
            operation: string;
            /** @enum {string|null} */
            action: "instance.claim" | "user.sign_in" | "user.sign_out" | "user.step_up" | "user.enrol" | "user.preferences.update" | "user.invite" | "user.invite.revoke" | "user.invite.accept" | "user.suspend" | "user.ban" | "user.reactivate" | "user.deactivate" | "user.set_role" | "user.set_permissions" | "grant.add" | "grant.remove" | "session.revoke" | "session.revoke_all" | "session.rename" | "session.refresh_reuse" | "passkey.add" | "passkey.rename" | "passkey.remove" | "recovery_codes.create" | "recovery_codes.use" | "api_key.create" | "api_key.update" | "api_key.rotate" | "api_key.revoke" | "api_key.use" | "api_key.request_approval" | "api_key.approve" | "api_key.refuse" | "password.set" | "password.remove" | "totp.begin" | "totp.confirm" | "totp.remove" | "instance.set_sign_in" | "user.set_sign_in" | "account.add" | "account.rename" | "account.replace_token" | "account.pause" | "account.resume" | "account.remove" | "account.reencrypt" | "account.sync" | "server.start" | "server.stop" | "server.reboot" | "server.power_off" | "server.reset" | "server.create" | "server.delete" | "server.rebuild" | "server.resize" | "server.configure" | "server.console" | "resource.create" | "resource.update" | "resource.delete" | "resource.act" | "server.annotate" | "server.lock" | "server.unlock" | "server.outside_change" | "resource.outside_change" | "protection.update" | "alert.raise" | "alert.acknowledge" | "country.confirm" | "country.forget" | null;
            target: {
                /** @enum {string} */
                type: "instance" | "user" | "session" | "passkey" | "account" | "server" | "api_key" | "resource";
                id: string;
                name: string;
            } | null;
            ip: string | null;
            userAgent: string | null;
            /** Format: date-time */
            requestedAt: string;
            /**
             * Format: date-time
             * @description To answer it; after that, to make the request.
             */
            expiresAt: string;
        };
        Protection: {
            rules: {
                /** @description Five failed sign-ins of one person in a row. */
                failed_sign_ins: {
                    on: boolean;
                    /**
                     * @description The last active owner is never suspended: there it alerts.
                     * @enum {string}
                     */
                    reaction: "alert" | "suspend";
                };
                /** @description Two countries within an hour, in one session or in two sign-ins. */
                impossible_travel: {
                    on: boolean;
                    /**
                     * @description The last active owner is never suspended: there it alerts.
                     * @enum {string}
                     */
                    reaction: "alert" | "suspend";
                };
                /** @description A used session token is presented again, for the second time within 30 days. */
                refresh_reuse: {
                    on: boolean;
                    /**
                     * @description The last active owner is never suspended: there it alerts.
                     * @enum {string}
                     */
                    reaction: "alert" | "suspend";
                };
                /** @description Twenty refused requests of one person within five minutes. */
                refusals: {
                    on: boolean;
                    /**
                     * @description The last active owner is never suspended: there it alerts.
                     * @enum {string}
                     */
                    reaction: "alert" | "suspend";
                };
                /** @description A destructive act from a country the person has not confirmed, three times without a fresh proof. */
                new_country: {
                    on: boolean;
                    /**
                     * @description The last active owner is never suspended: there it alerts.
                     * @enum {string}
                     */
                    reaction: "alert" | "suspend";
                };
                /** @description The request limit is reached in five different minutes within fifteen. */
                rate_limits: {
                    on: boolean;
                    /**
                     * @description The last active owner is never suspended: there it alerts.
                     * @enum {string}
                     */
                    reaction: "alert" | "suspend";
                };
            };
            ownerAllowlist: string[];
            /** @description Alert the owners when somebody changes a server at the provider itself, past WebNova. */
            tellOutside: boolean;
            /** @description Send it back with a change: the newest one wins nothing. */
            version: number;
            /** Format: date-time */
            updatedAt: string | null;
            yourIp: string | null;
        };
        AlertPage: {
            items: components["schemas"]["Alert"][];
            nextCursor: string | null;
            unread: number;
        };
        Alert: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "failed_sign_ins" | "impossible_travel" | "refresh_reuse" | "refusals" | "new_country" | "rate_limits" | "owner_address" | "outside_change";
            /** @enum {string} */
            severity: "info" | "warning" | "critical";
            user: {
                id: string;
                name: string;
            } | null;
            key: {
                id: string;
                name: string;
            } | null;
            ip: string | null;
            country: string | null;
            userAgent: string | null;
            /**
             * @description What was done: nothing but this, suspended, not suspended as the last owner, or refused.
             * @enum {string}
             */
            outcome: "alerted" | "suspended" | "last_owner" | "refused";
            facts: {
                [key: string]: string | number | boolean | null;
            };
            operationId: string;
            /** Format: date-time */
            readAt: string | null;
            readBy: string | null;
        };
        KnownCountry: {
            country: string;
            /** Format: date-time */
            firstSeenAt: string;
            /** Format: date-time */
            lastSeenAt: string;
            /**
             * Format: date-time
             * @description Null: not trusted.
             */
            confirmedAt: string | null;
        };
        GrantList: {
            items: components["schemas"]["Grant"][];
        };
        /** @description Adds or removes permissions for some things only. Removing beats adding. */
        Grant: {
            id: string;
            /** @enum {string} */
            effect: "allow" | "deny";
            permissions: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
            scope: components["schemas"]["Scope"];
            /** @description The name of the server or provider project, if known. */
            scopeName: string | null;
            note: string;
            /** Format: date-time */
            createdAt: string;
            createdBy: {
                id: string;
                name: string;
            };
            /** Format: date-time */
            expiresAt: string | null;
            expired: boolean;
        };
        /** @description What a rule is about: everything, one provider project, our own project and environment (`null`: any), the servers whose labels match a selector, or one server. */
        Scope: {
            /** @enum {string} */
            kind: "everything";
        } | {
            /** @enum {string} */
            kind: "account";
            accountId: string;
        } | {
            /** @enum {string} */
            kind: "project";
            project: string;
            environment: string | null;
        } | {
            /** @enum {string} */
            kind: "labels";
            selector: string;
            accountId: string | null;
        } | {
            /** @enum {string} */
            kind: "server";
            serverId: string;
        };
        PermissionTable: {
            items: {
                /** @enum {string} */
                permission: "servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock";
                sentence: string;
                isRead: boolean;
                /** @description Can be given or taken for some things only. */
                isScoped: boolean;
                ownerOnly: boolean;
                /** @description Who has it by role. */
                roles: ("OWNER" | "ADMIN" | "USER" | "VIEWER")[];
            }[];
        };
        /** @description Every active person who may, each with the rule that says so. */
        Holders: {
            items: {
                user: {
                    id: string;
                    name: string;
                    email: string;
                    /** @enum {string} */
                    role: "OWNER" | "ADMIN" | "USER" | "VIEWER";
                };
                explanation: components["schemas"]["Explanation"];
            }[];
        };
        ProviderBrief: {
            id: string;
            name: string;
        };
        Account: {
            id: string;
            name: string;
            provider: components["schemas"]["ProviderBrief"];
            /**
             * @description The last four characters, for recognition.
             * @example ****1234
             */
            tokenHint: string;
            /** @description Version of the master key that seals the token. */
            tokenKeyVersion: number;
            /**
             * @description What the token may do.
             * @enum {string}
             */
            access: "unknown" | "read_write" | "read_only";
            /**
             * @description `pending`: not read yet. `partial`: the last pass read only a part. `revoked`: the provider rejects the token.
             * @enum {string}
             */
            state: "ok" | "pending" | "revoked" | "rate_limited" | "unreachable" | "outage" | "partial";
            /** @description What was seen, one word, such as `timeout`. */
            stateDetail: string | null;
            /** Format: date-time */
            stateSince: string;
            paused: boolean;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description The start of the last complete pass.
             */
            lastSyncAt: string | null;
            /** Format: date-time */
            lastSyncStartedAt: string | null;
            /**
             * Format: date-time
             * @description Null while paused.
             */
            nextSyncAt: string | null;
            syncing: boolean;
            syncIntervalMs: number;
            /** @description Servers the last complete pass changed. */
            lastSyncChanged: number | null;
            serverCount: number;
        };
        ReencryptReport: {
            /** @description Tokens sealed anew by this call. */
            reencrypted: number;
            /** @description Tokens still under an older key: call again until 0. */
            remaining: number;
            /** @description The newest version, which seals from now on. */
            keyVersion: number;
        };
        SyncReport: {
            accountId: string;
            /**
             * @description `partial`: only a part could be read; it was kept, and nothing was concluded from what was missing. `skipped`: another pass was already running.
             * @enum {string}
             */
            result: "complete" | "partial" | "failed" | "skipped";
            /** @description Servers that are new, different or back. */
            changed: number;
            /** @description Servers that are gone at the provider. */
            deleted: number;
            /** @description Servers read. */
            servers: number;
            /** @description Requests to the provider, repeats not counted. */
            requests: number;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            finishedAt: string;
            /** @enum {string} */
            errorCode?: "invalid_input" | "malformed_body" | "unauthenticated" | "session_expired" | "sign_in_failed" | "session_reuse" | "api_key_invalid" | "api_key_expired" | "forbidden" | "account_not_active" | "origin_refused" | "ip_not_allowed" | "approval_required" | "step_up_required" | "link_invalid" | "not_found" | "method_not_allowed" | "conflict" | "locked" | "owner_locked" | "already_claimed" | "user_banned" | "last_owner" | "user_state" | "already_exists" | "wrong_state" | "idempotency_in_progress" | "link_expired" | "payload_too_large" | "unsupported_media_type" | "idempotency_mismatch" | "new_token_rejected" | "rate_limited" | "internal" | "database_unavailable" | "misconfigured" | "account_paused" | "provider_token_rejected" | "provider_token_read_only" | "provider_forbidden" | "provider_not_found" | "provider_conflict" | "provider_locked" | "provider_protected" | "provider_rejected" | "provider_capacity" | "provider_quota" | "provider_rate_limited" | "provider_maintenance" | "provider_unavailable" | "provider_unreachable" | "provider_timeout" | "provider_malformed" | "provider_action_failed" | "not_carried_out" | "shutdown_timeout" | "outcome_unknown";
        };
        ServerPage: {
            items: components["schemas"]["Server"][];
            nextCursor: string | null;
            /** @description How many the filters match, on all pages. */
            total: number;
        };
        Server: {
            /** @example srv_01jd8m3k5x7q9w2e4r6t8y0z1a */
            id: string;
            /** @description Its name at the provider. */
            name: string;
            /** @description Its internal name, if somebody gave it one. */
            displayName: string | null;
            /** @enum {string} */
            status: "running" | "off" | "starting" | "stopping" | "initializing" | "rebuilding" | "migrating" | "deleting" | "unknown";
            /** @description Why it deserves a look; empty when all is well. */
            attention: ("off" | "status_unknown" | "type_deprecated" | "rescue" | "project_unreadable")[];
            account: {
                id: string;
                name: string;
            };
            provider: {
                id: string;
                name: string;
            };
            typeName: string;
            architecture: string;
            cores: number;
            memoryMb: number;
            diskGb: number;
            location: string;
            country: string;
            imageName: string | null;
            ipv4: string | null;
            /** @description The prefix in CIDR notation. */
            ipv6: string | null;
            privateIps: string[];
            /** @description Kept at the provider; read only here. */
            labels: {
                [key: string]: string;
            };
            /** @description Kept here; the provider never sees them. */
            tags: string[];
            project: string | null;
            environment: string | null;
            backups: boolean;
            /** @description The provider is working on it. */
            locked: boolean;
            deleteProtected: boolean;
            rescue: boolean;
            /** @description Nobody may delete, rebuild or resize it until an owner says so. */
            ownerLocked: boolean;
            /**
             * Format: date-time
             * @description When its type is no longer offered.
             */
            typeDeprecatedAt: string | null;
            /**
             * @description List price of the server alone: no IPv4, no backups. Null for who may not see costs.
             * @example 4.99
             */
            monthlyNet: string | null;
            currency: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When a sync last found something different.
             */
            changedAt: string;
            /**
             * Format: date-time
             * @description When it was gone, or its project was disconnected.
             */
            deletedAt: string | null;
            /**
             * Format: date-time
             * @description When its project was last read completely.
             */
            syncedAt: string | null;
            operation: components["schemas"]["OperationBrief"] | null;
            /** @description What the caller may do with this very server. */
            may: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
        };
        /** @description What is being done to a server right now, and by whom. */
        OperationBrief: {
            id: string;
            /** @enum {string} */
            action: "instance.claim" | "user.sign_in" | "user.sign_out" | "user.step_up" | "user.enrol" | "user.preferences.update" | "user.invite" | "user.invite.revoke" | "user.invite.accept" | "user.suspend" | "user.ban" | "user.reactivate" | "user.deactivate" | "user.set_role" | "user.set_permissions" | "grant.add" | "grant.remove" | "session.revoke" | "session.revoke_all" | "session.rename" | "session.refresh_reuse" | "passkey.add" | "passkey.rename" | "passkey.remove" | "recovery_codes.create" | "recovery_codes.use" | "api_key.create" | "api_key.update" | "api_key.rotate" | "api_key.revoke" | "api_key.use" | "api_key.request_approval" | "api_key.approve" | "api_key.refuse" | "password.set" | "password.remove" | "totp.begin" | "totp.confirm" | "totp.remove" | "instance.set_sign_in" | "user.set_sign_in" | "account.add" | "account.rename" | "account.replace_token" | "account.pause" | "account.resume" | "account.remove" | "account.reencrypt" | "account.sync" | "server.start" | "server.stop" | "server.reboot" | "server.power_off" | "server.reset" | "server.create" | "server.delete" | "server.rebuild" | "server.resize" | "server.configure" | "server.console" | "resource.create" | "resource.update" | "resource.delete" | "resource.act" | "server.annotate" | "server.lock" | "server.unlock" | "server.outside_change" | "resource.outside_change" | "protection.update" | "alert.raise" | "alert.acknowledge" | "country.confirm" | "country.forget";
            /** @enum {string} */
            status: "started" | "running" | "succeeded" | "failed" | "unknown";
            /** @description Percent. */
            progress: number;
            actorName: string;
            /** Format: date-time */
            startedAt: string;
        };
        ServerSummary: {
            total: number;
            byStatus: {
                running: number;
                off: number;
                starting: number;
                stopping: number;
                initializing: number;
                rebuilding: number;
                migrating: number;
                deleting: number;
                unknown: number;
            };
            /** @description How many servers deserve a look. */
            attention: number;
            facets: {
                accounts: components["schemas"]["Facet"][];
                locations: components["schemas"]["Facet"][];
                projects: components["schemas"]["Facet"][];
                environments: components["schemas"]["Facet"][];
                types: components["schemas"]["Facet"][];
                tags: components["schemas"]["Facet"][];
            };
            /**
             * Format: date-time
             * @description The most recent complete read of any project.
             */
            lastSyncAt: string | null;
            /**
             * Format: date-time
             * @description Of the projects that are not paused, the one read longest ago.
             */
            oldestSyncAt: string | null;
        };
        Facet: {
            /** @description Pass it back as the filter; empty means "none". */
            value: string;
            label: string;
            count: number;
        };
        ServerDetail: {
            /** @example srv_01jd8m3k5x7q9w2e4r6t8y0z1a */
            id: string;
            /** @description Its name at the provider. */
            name: string;
            /** @description Its internal name, if somebody gave it one. */
            displayName: string | null;
            /** @enum {string} */
            status: "running" | "off" | "starting" | "stopping" | "initializing" | "rebuilding" | "migrating" | "deleting" | "unknown";
            /** @description Why it deserves a look; empty when all is well. */
            attention: ("off" | "status_unknown" | "type_deprecated" | "rescue" | "project_unreadable")[];
            account: {
                id: string;
                name: string;
            };
            provider: {
                id: string;
                name: string;
            };
            typeName: string;
            architecture: string;
            cores: number;
            memoryMb: number;
            diskGb: number;
            location: string;
            country: string;
            imageName: string | null;
            ipv4: string | null;
            /** @description The prefix in CIDR notation. */
            ipv6: string | null;
            privateIps: string[];
            /** @description Kept at the provider; read only here. */
            labels: {
                [key: string]: string;
            };
            /** @description Kept here; the provider never sees them. */
            tags: string[];
            project: string | null;
            environment: string | null;
            backups: boolean;
            /** @description The provider is working on it. */
            locked: boolean;
            deleteProtected: boolean;
            rescue: boolean;
            /** @description Nobody may delete, rebuild or resize it until an owner says so. */
            ownerLocked: boolean;
            /**
             * Format: date-time
             * @description When its type is no longer offered.
             */
            typeDeprecatedAt: string | null;
            /**
             * @description List price of the server alone: no IPv4, no backups. Null for who may not see costs.
             * @example 4.99
             */
            monthlyNet: string | null;
            currency: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When a sync last found something different.
             */
            changedAt: string;
            /**
             * Format: date-time
             * @description When it was gone, or its project was disconnected.
             */
            deletedAt: string | null;
            /**
             * Format: date-time
             * @description When its project was last read completely.
             */
            syncedAt: string | null;
            operation: components["schemas"]["OperationBrief"] | null;
            /** @description What the caller may do with this very server. */
            may: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
            notes: string;
            /** Format: date-time */
            metadataUpdatedAt: string | null;
            /** @description The name of who changed it last. */
            metadataUpdatedBy: string | null;
            accountState: string;
            /** Format: date-time */
            accountStateSince: string;
            /** @enum {string} */
            accountAccess: "unknown" | "read_write" | "read_only";
            accountPaused: boolean;
            includedTrafficBytes: number | null;
            outgoingTrafficBytes: number | null;
            /** Format: date-time */
            firstSeenAt: string;
            ownerLock: components["schemas"]["OwnerLock"] | null;
            /** @description Null for who may not see costs. */
            cost: components["schemas"]["ServerCostBrief"] | null;
        };
        /** @description Who locked it, and why. */
        OwnerLock: {
            /** Format: date-time */
            at: string;
            by: string;
            reason: string | null;
        };
        ServerCostBrief: {
            currency: string | null;
            /** @enum {boolean} */
            listPrice: true;
            /** @description False when a part has no known price; that part is null. */
            priceKnown: boolean;
            /**
             * @description Decimal string, net.
             * @example 4.99
             */
            serverMonthlyNet: string | null;
            /**
             * @description Decimal string, net.
             * @example 4.99
             */
            ipv4MonthlyNet: string | null;
            /**
             * @description Decimal string, net.
             * @example 4.99
             */
            backupMonthlyNet: string | null;
            /**
             * @description Sum of the known parts.
             * @example 4.99
             */
            monthlyNet: string | null;
            /**
             * @description Decimal string, net.
             * @example 4.99
             */
            monthToDateNet: string | null;
        };
        /** @description Only the fields that are present change; null or empty removes. */
        ServerMetadataPatch: {
            displayName?: string | null;
            project?: string | null;
            environment?: string | null;
            /** @description Replaces all of them; lower case, no duplicates, at most 20. */
            tags?: string[];
            notes?: string;
        };
        ServerMetrics: {
            /** Format: date-time */
            start: string;
            /** Format: date-time */
            end: string;
            stepS: number;
            series: {
                /** @example cpu */
                name: string;
                /** @enum {string} */
                unit: "percent" | "bytes_per_second" | "operations_per_second" | "packets_per_second";
                /**
                 * @description [ms since epoch, value]
                 * @example [
                 *       [
                 *         1767225600000,
                 *         12.5
                 *       ]
                 *     ]
                 */
                points: number[][];
            }[];
        };
        Operation: {
            id: string;
            serverId: string;
            serverName: string;
            /**
             * @description A power action, or what a tool began through the gateway; `other`: something of the project that the server takes part in, as when a volume is attached to it.
             * @enum {string}
             */
            action: "start" | "stop" | "reboot" | "power_off" | "reset" | "create" | "delete" | "rebuild" | "resize" | "configure" | "console" | "other";
            /**
             * @description `started`: sent, no answer yet. `running`: the provider works on it. `unknown`: nobody can tell any more what became of it.
             * @enum {string}
             */
            status: "started" | "running" | "succeeded" | "failed" | "unknown";
            progress: number;
            actorName: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            finishedAt: string | null;
            /** @enum {string|null} */
            errorCode: "invalid_input" | "malformed_body" | "unauthenticated" | "session_expired" | "sign_in_failed" | "session_reuse" | "api_key_invalid" | "api_key_expired" | "forbidden" | "account_not_active" | "origin_refused" | "ip_not_allowed" | "approval_required" | "step_up_required" | "link_invalid" | "not_found" | "method_not_allowed" | "conflict" | "locked" | "owner_locked" | "already_claimed" | "user_banned" | "last_owner" | "user_state" | "already_exists" | "wrong_state" | "idempotency_in_progress" | "link_expired" | "payload_too_large" | "unsupported_media_type" | "idempotency_mismatch" | "new_token_rejected" | "rate_limited" | "internal" | "database_unavailable" | "misconfigured" | "account_paused" | "provider_token_rejected" | "provider_token_read_only" | "provider_forbidden" | "provider_not_found" | "provider_conflict" | "provider_locked" | "provider_protected" | "provider_rejected" | "provider_capacity" | "provider_quota" | "provider_rate_limited" | "provider_maintenance" | "provider_unavailable" | "provider_unreachable" | "provider_timeout" | "provider_malformed" | "provider_action_failed" | "not_carried_out" | "shutdown_timeout" | "outcome_unknown" | null;
            errorMessage: string | null;
        };
        /**
         * @description `stop` asks the system to shut down; `power_off` cuts the power; `reboot` asks the system to restart; `reset` restarts it the hard way.
         * @enum {string}
         */
        PowerAction: "start" | "stop" | "reboot" | "power_off" | "reset";
        BulkPowerItem: {
            serverId: string;
            /** @description Empty for a server that does not exist. */
            name: string;
            ok: boolean;
            operation?: components["schemas"]["Operation"];
            error?: {
                /** @enum {string} */
                code: "invalid_input" | "malformed_body" | "unauthenticated" | "session_expired" | "sign_in_failed" | "session_reuse" | "api_key_invalid" | "api_key_expired" | "forbidden" | "account_not_active" | "origin_refused" | "ip_not_allowed" | "approval_required" | "step_up_required" | "link_invalid" | "not_found" | "method_not_allowed" | "conflict" | "locked" | "owner_locked" | "already_claimed" | "user_banned" | "last_owner" | "user_state" | "already_exists" | "wrong_state" | "idempotency_in_progress" | "link_expired" | "payload_too_large" | "unsupported_media_type" | "idempotency_mismatch" | "new_token_rejected" | "rate_limited" | "internal" | "database_unavailable" | "misconfigured" | "account_paused" | "provider_token_rejected" | "provider_token_read_only" | "provider_forbidden" | "provider_not_found" | "provider_conflict" | "provider_locked" | "provider_protected" | "provider_rejected" | "provider_capacity" | "provider_quota" | "provider_rate_limited" | "provider_maintenance" | "provider_unavailable" | "provider_unreachable" | "provider_timeout" | "provider_malformed" | "provider_action_failed" | "not_carried_out" | "shutdown_timeout" | "outcome_unknown";
                message: string;
                hint?: string;
            };
        };
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            nextCursor: string | null;
        };
        AuditEntry: {
            id: string;
            operationId: string;
            /**
             * Format: date-time
             * @description When this row was written.
             */
            at: string;
            /**
             * Format: date-time
             * @description When its operation began.
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description Null while it is open.
             */
            endedAt: string | null;
            /** @enum {string} */
            phase: "started" | "accepted" | "succeeded" | "failed" | "unknown" | "denied" | "refused";
            /** @enum {string} */
            action: "instance.claim" | "user.sign_in" | "user.sign_out" | "user.step_up" | "user.enrol" | "user.preferences.update" | "user.invite" | "user.invite.revoke" | "user.invite.accept" | "user.suspend" | "user.ban" | "user.reactivate" | "user.deactivate" | "user.set_role" | "user.set_permissions" | "grant.add" | "grant.remove" | "session.revoke" | "session.revoke_all" | "session.rename" | "session.refresh_reuse" | "passkey.add" | "passkey.rename" | "passkey.remove" | "recovery_codes.create" | "recovery_codes.use" | "api_key.create" | "api_key.update" | "api_key.rotate" | "api_key.revoke" | "api_key.use" | "api_key.request_approval" | "api_key.approve" | "api_key.refuse" | "password.set" | "password.remove" | "totp.begin" | "totp.confirm" | "totp.remove" | "instance.set_sign_in" | "user.set_sign_in" | "account.add" | "account.rename" | "account.replace_token" | "account.pause" | "account.resume" | "account.remove" | "account.reencrypt" | "account.sync" | "server.start" | "server.stop" | "server.reboot" | "server.power_off" | "server.reset" | "server.create" | "server.delete" | "server.rebuild" | "server.resize" | "server.configure" | "server.console" | "resource.create" | "resource.update" | "resource.delete" | "resource.act" | "server.annotate" | "server.lock" | "server.unlock" | "server.outside_change" | "resource.outside_change" | "protection.update" | "alert.raise" | "alert.acknowledge" | "country.confirm" | "country.forget";
            actor: {
                /** @enum {string} */
                kind: "anonymous" | "user" | "system";
                id: string;
                /** @description As it was at the time. */
                name: string;
            };
            target: {
                /** @enum {string} */
                type: "instance" | "user" | "session" | "passkey" | "account" | "server" | "api_key" | "resource";
                id: string;
                /** @description As it was at the time. */
                name: string;
            };
            reason: string | null;
            errorCode: string | null;
            /** @enum {string} */
            source: "web" | "api" | "gateway" | "cron" | "system";
            ip: string | null;
            userAgent: string | null;
            requestId: string;
            /** @description The API key that stood for the person; null in a session. */
            key: {
                id: string;
                name: string;
            } | null;
            before: {
                [key: string]: string | number | boolean | null;
            } | null;
            after: {
                [key: string]: string | number | boolean | null;
            } | null;
        };
        /** @description What there is to filter by, most frequent first. */
        AuditFacets: {
            actors: components["schemas"]["AuditFacet"][];
            actions: components["schemas"]["AuditFacet"][];
            phases: components["schemas"]["AuditFacet"][];
        };
        AuditFacet: {
            value: string;
            label: string;
            count: number;
        };
        AuditOperation: {
            items: components["schemas"]["AuditEntry"][];
        };
        AuditSeal: {
            number: number;
            /** Format: date-time */
            at: string;
            fromSeq: number;
            toSeq: number;
            hash: string;
            keyId: string;
        };
        AuditSealKey: {
            /** @enum {string} */
            kty: "OKP";
            /** @enum {string} */
            crv: "Ed25519";
            kid: string;
            x: string;
            fingerprint: string;
        };
        AuditVerification: {
            seals: number;
            rows: number;
            problem: components["schemas"]["AuditProblem"];
            /** @description Null: everything was looked at, or a problem was found. */
            next: {
                after: number;
                hash: string;
                toSeq: number;
            } | null;
            /** @description Write number and hash down elsewhere: with them, a cut-off log is noticed too. */
            head: {
                lastSeq: number;
                sealedTo: number;
                number: number;
                hash: string;
            };
            /** Format: date-time */
            at: string;
        };
        AuditProblem: {
            /** @enum {string} */
            kind: "row_missing" | "row_inserted" | "row_changed" | "seal_missing" | "seal_broken_chain" | "seal_bad_signature" | "key_unknown";
            seal: number;
            /** @description The first wrong row, where it is a row. */
            seq?: number;
            keyId?: string;
        } | null;
        AuditArchive: {
            /** @description Whether a bucket is bound to this instance. */
            configured: boolean;
            /** @description Seals that are not in the archive yet. */
            waiting: number;
            last: {
                key: string;
                toSeal: number;
                /** Format: date-time */
                at: string;
                bytes: number;
            } | null;
        };
        CostReport: {
            /** Format: date-time */
            asOf: string;
            /** @example 2026-11 */
            month: string;
            /**
             * @description From today's price list; an older server may have an older price.
             * @enum {boolean}
             */
            listPrice: true;
            /** @description The currency of most servers. */
            currency: string | null;
            vatRate: string | null;
            /** @description One for each currency; they are never added up. */
            totals: components["schemas"]["CostTotal"][];
            groups: {
                project: components["schemas"]["CostGroup"][];
                environment: components["schemas"]["CostGroup"][];
                location: components["schemas"]["CostGroup"][];
                account: components["schemas"]["CostGroup"][];
            };
            /** @description Servers of which at least one part has no known price. */
            unknownPrices: number;
            /**
             * Format: date-time
             * @description The oldest price list in use.
             */
            pricesTakenAt: string | null;
            servers: components["schemas"]["ServerCost"][];
            nextCursor: string | null;
        };
        CostTotal: {
            currency: string;
            /** @description Percent; null when projects differ. */
            vatRate: string | null;
            servers: number;
            /**
             * @description What a whole month costs as things are now.
             * @example 4.99
             */
            monthlyNet: string;
            /**
             * @description Due from the start of the calendar month (UTC) until now.
             * @example 4.99
             */
            monthToDateNet: string;
            /**
             * @description The part of it for servers that are off: they still cost.
             * @example 4.99
             */
            offMonthlyNet: string;
            offServers: number;
        };
        CostGroup: {
            /** @description Filter value; empty means "none". */
            key: string;
            label: string;
            currency: string;
            servers: number;
            /**
             * @description What a whole month costs as things are now.
             * @example 4.99
             */
            monthlyNet: string;
            /**
             * @description Due from the start of the calendar month (UTC) until now.
             * @example 4.99
             */
            monthToDateNet: string;
            unknownPrices: number;
        };
        ServerCost: {
            serverId: string;
            name: string;
            displayName: string | null;
            accountName: string;
            /** @enum {string} */
            status: "running" | "off" | "starting" | "stopping" | "initializing" | "rebuilding" | "migrating" | "deleting" | "unknown";
            /**
             * Format: date-time
             * @description Gone, but it cost something this month.
             */
            deletedAt: string | null;
            typeName: string;
            location: string;
            project: string | null;
            environment: string | null;
            currency: string | null;
            priceKnown: boolean;
            unknownParts: ("server" | "ipv4" | "backups")[];
            /**
             * @description Decimal string, net.
             * @example 4.99
             */
            serverMonthlyNet: string | null;
            /**
             * @description Decimal string, net.
             * @example 4.99
             */
            ipv4MonthlyNet: string | null;
            /**
             * @description Decimal string, net.
             * @example 4.99
             */
            backupMonthlyNet: string | null;
            /**
             * @description Sum of the known parts; null when the server itself has no price.
             * @example 4.99
             */
            monthlyNet: string | null;
            /**
             * @description Decimal string, net.
             * @example 4.99
             */
            monthToDateNet: string | null;
        };
        /** @description One entry for each day and currency, oldest first; the last one is now. */
        CostHistory: {
            currency: string | null;
            days: components["schemas"]["CostDay"][];
        };
        CostDay: {
            /** Format: date */
            day: string;
            currency: string;
            servers: number;
            /**
             * @description What a whole month costs as things are now.
             * @example 4.99
             */
            monthlyNet: string;
            /**
             * @description Due from the start of the calendar month (UTC) until now.
             * @example 4.99
             */
            monthToDateNet: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether this instance has an owner */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        claimed: boolean;
                        /** @description The one address at which passkeys work. */
                        publicOrigin: string;
                        /** @description Whether anybody may sign in with a password; says nothing of whom. */
                        passwords: boolean;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSetupBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    name: string;
                    email: string;
                };
            };
        };
        responses: {
            /** @description Open the set-up link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyChallenge"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSetupFinish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    challengeId: string;
                    response: components["schemas"]["RegistrationResponse"];
                    passkeyName?: string;
                };
            };
        };
        responses: {
            /** @description Become the first owner */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        me: components["schemas"]["Me"];
                        /** @description Shown this once. */
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSessionBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ask for a passkey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyChallenge"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSessionFinish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challengeId: string;
                    response: components["schemas"]["AssertionResponse"];
                };
            };
        };
        responses: {
            /** @description Sign in with a passkey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSessionRecovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    code: string;
                };
            };
        };
        responses: {
            /** @description Sign in with a recovery code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSessionRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Renew the session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postEnrolBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Open a break-glass link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyChallenge"] & {
                        user: {
                            name: string;
                            email: string;
                        };
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postEnrolFinish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    challengeId: string;
                    response: components["schemas"]["RegistrationResponse"];
                    passkeyName?: string;
                };
            };
        };
        responses: {
            /** @description Enrol a new passkey with a break-glass link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        me: components["schemas"]["Me"];
                        /** @description New ones, shown once, where none were left. */
                        recoveryCodes: string[] | null;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postInvitationsBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Open an invitation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyChallenge"] & {
                        user: {
                            name: string;
                            email: string;
                        };
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postInvitationsFinish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    challengeId: string;
                    response: components["schemas"]["RegistrationResponse"];
                    passkeyName?: string;
                };
            };
        };
        responses: {
            /** @description Accept an invitation with a passkey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        me: components["schemas"]["Me"];
                        /** @description Shown this once. */
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who you are and what you may do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"] | components["schemas"]["KeyMe"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @enum {string} */
                    locale?: "en" | "ar";
                    /** @enum {string} */
                    theme?: "light" | "dark" | "system";
                };
            };
        };
        responses: {
            /** @description Change your name or preferences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSessionStepUpBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ask for a passkey again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyChallenge"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSessionStepUpFinish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challengeId: string;
                    response: components["schemas"]["AssertionResponse"];
                };
            };
        };
        responses: {
            /** @description Confirm with a passkey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        verifiedAt: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where you are signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Session"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMeSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out everywhere else */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many sessions were ended. */
                        ended: number;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMeSessionsAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out everywhere, here too */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many sessions were ended. */
                        ended: number;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMeSessionsBySessionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchMeSessionsBySessionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Name a device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMePasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your passkeys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Passkey"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMePasskeysBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ask for another passkey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyChallenge"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMePasskeysFinish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challengeId: string;
                    response: components["schemas"]["RegistrationResponse"];
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Store the new passkey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMePasskeysByPasskeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkeyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchMePasskeysByPasskeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkeyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Rename a passkey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many codes are left */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        remaining: number;
                        /** Format: date-time */
                        createdAt: string | null;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Make new recovery codes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSessionPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                    /** @description Of the authenticator app, or a recovery code. */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Sign in with a password and a code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your second way in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaysIn"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putMePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 12 to 256 characters; not the commonest, not one’s own name or address. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Set or change your password */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaysIn"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeTotpBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Set up an authenticator app */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthenticatorSecret"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeTotpFinish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Confirm the authenticator app */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaysIn"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMeTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSettingsSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who may use a password */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInSettings"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putSettingsSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    passwords: "off" | "allowed";
                };
            };
        };
        responses: {
            /** @description Allow passwords, or require passkeys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        settings: components["schemas"]["SignInSettings"];
                        /** @description Sessions that a password had opened and that ended with it. */
                        ended: number;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersByUserIdSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How a person may sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonSignIn"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putUsersByUserIdSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string|null} */
                    passwords: "off" | "allowed" | null;
                };
            };
        };
        responses: {
            /** @description Allow or forbid one person passwords */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        signIn: components["schemas"]["PersonSignIn"];
                        /** @description Sessions that a password had opened and that ended with it. */
                        ended: number;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsers: {
        parameters: {
            query?: {
                /** @description In names and addresses. */
                q?: string;
                role?: "OWNER" | "ADMIN" | "USER" | "VIEWER";
                status?: "ACTIVE" | "SUSPENDED" | "BANNED" | "PENDING" | "DEACTIVATED";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everybody */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    email: string;
                    /** @enum {string} */
                    role: "OWNER" | "ADMIN" | "USER" | "VIEWER";
                };
            };
        };
        responses: {
            /** @description Invite somebody */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["UserDetail"];
                        /** @description Shown this once; works once, for this address, for seven days. */
                        link: string;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One person, and what they may do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUsersByUserIdInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke an invitation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersByUserIdSuspend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Suspend a person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["UserDetail"];
                        ended: components["schemas"]["EndedAccess"];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersByUserIdBan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Ban a person for ever */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["UserDetail"];
                        ended: components["schemas"]["EndedAccess"];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersByUserIdDeactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Deactivate a person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["UserDetail"];
                        ended: components["schemas"]["EndedAccess"];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUsersByUserIdSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign a person out everywhere */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many sessions were ended. */
                        ended: number;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeDeactivate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersByUserIdReactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Reactivate a person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putUsersByUserIdPermissions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    permissions: ("+servers:read" | "-servers:read" | "+servers:power" | "-servers:power" | "+servers:annotate" | "-servers:annotate" | "+servers:sync" | "-servers:sync" | "+servers:create" | "-servers:create" | "+servers:delete" | "-servers:delete" | "+servers:rebuild" | "-servers:rebuild" | "+servers:resize" | "-servers:resize" | "+servers:configure" | "-servers:configure" | "+servers:console" | "-servers:console" | "+images:read" | "-images:read" | "+images:manage" | "-images:manage" | "+images:delete" | "-images:delete" | "+ssh-keys:read" | "-ssh-keys:read" | "+ssh-keys:manage" | "-ssh-keys:manage" | "+ssh-keys:delete" | "-ssh-keys:delete" | "+volumes:read" | "-volumes:read" | "+volumes:manage" | "-volumes:manage" | "+volumes:delete" | "-volumes:delete" | "+networks:read" | "-networks:read" | "+networks:manage" | "-networks:manage" | "+networks:delete" | "-networks:delete" | "+firewalls:read" | "-firewalls:read" | "+firewalls:manage" | "-firewalls:manage" | "+firewalls:delete" | "-firewalls:delete" | "+ips:read" | "-ips:read" | "+ips:manage" | "-ips:manage" | "+ips:delete" | "-ips:delete" | "+load-balancers:read" | "-load-balancers:read" | "+load-balancers:manage" | "-load-balancers:manage" | "+load-balancers:delete" | "-load-balancers:delete" | "+certificates:read" | "-certificates:read" | "+certificates:manage" | "-certificates:manage" | "+certificates:delete" | "-certificates:delete" | "+zones:read" | "-zones:read" | "+zones:manage" | "-zones:manage" | "+zones:delete" | "-zones:delete" | "+placement-groups:read" | "-placement-groups:read" | "+placement-groups:manage" | "-placement-groups:manage" | "+placement-groups:delete" | "-placement-groups:delete" | "+accounts:read" | "-accounts:read" | "+accounts:manage" | "-accounts:manage" | "+audit:read" | "-audit:read" | "+provider-log:read" | "-provider-log:read" | "+costs:read" | "-costs:read" | "+users:read" | "-users:read" | "+users:govern" | "-users:govern" | "+api-keys:use" | "-api-keys:use" | "+servers:lock" | "-servers:lock")[];
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Give and take permissions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putUsersByUserIdRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "OWNER" | "ADMIN" | "USER" | "VIEWER";
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Change a role */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your API keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiKey"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    permissions: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "servers:lock")[];
                    /**
                     * @default [
                     *       {
                     *         "kind": "everything"
                     *       }
                     *     ]
                     */
                    scopes?: ({
                        /** @enum {string} */
                        kind: "everything";
                    } | {
                        /** @enum {string} */
                        kind: "account";
                        accountId: string;
                    } | {
                        /** @enum {string} */
                        kind: "project";
                        project: string;
                        environment: string | null;
                    } | {
                        /** @enum {string} */
                        kind: "labels";
                        selector: string;
                        accountId: string | null;
                    } | {
                        /** @enum {string} */
                        kind: "server";
                        serverId: string;
                    })[];
                    /**
                     * @description Empty: from anywhere.
                     * @default []
                     */
                    ipAllowlist?: string[];
                    /**
                     * @description `destructive`: what cannot be undone waits for its person’s passkey (403 `approval_required`). `never`: nothing does.
                     * @default destructive
                     * @enum {string}
                     */
                    stepUp?: "never" | "destructive";
                    /**
                     * @description The project that the gateway sends it to.
                     * @default null
                     */
                    accountId?: string | null;
                    /**
                     * @description Requests an hour through the gateway; null: no limit of its own.
                     * @default null
                     */
                    hourlyBudget?: number | null;
                    /**
                     * Format: date-time
                     * @description In 90 days unless said otherwise, at most in two years; null, for owners only: never.
                     */
                    expiresAt?: string | null;
                };
            };
        };
        responses: {
            /** @description Make an API key */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeApiKey"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeApiKeysByKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of your API keys, and what it was used for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMeApiKeysByKeyId: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchMeApiKeysByKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    ipAllowlist?: string[];
                    permissions?: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "servers:lock")[];
                    scopes?: ({
                        /** @enum {string} */
                        kind: "everything";
                    } | {
                        /** @enum {string} */
                        kind: "account";
                        accountId: string;
                    } | {
                        /** @enum {string} */
                        kind: "project";
                        project: string;
                        environment: string | null;
                    } | {
                        /** @enum {string} */
                        kind: "labels";
                        selector: string;
                        accountId: string | null;
                    } | {
                        /** @enum {string} */
                        kind: "server";
                        serverId: string;
                    })[];
                    /**
                     * @description `destructive`: what cannot be undone waits for its person’s passkey (403 `approval_required`). `never`: nothing does.
                     * @enum {string}
                     */
                    stepUp?: "never" | "destructive";
                    accountId?: string | null;
                    /** @description Requests an hour through the gateway; null: no limit of its own. */
                    hourlyBudget?: number | null;
                    /** Format: date-time */
                    expiresAt?: string | null;
                };
            };
        };
        responses: {
            /** @description Rename an API key or make it narrower */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeApiKeyPreview: {
        parameters: {
            query?: {
                /** @description Separated by commas. */
                permissions?: string;
                /** @description As for making the key, in JSON. */
                scopes?: string;
                accountId?: string;
                stepUp?: "never" | "destructive";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What an API key would be able to do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPreview"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeApiKeysByKeyIdRotate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description How long the old one still works.
                     * @default 1
                     */
                    overlapDays?: number;
                };
            };
        };
        responses: {
            /** @description Replace an API key */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeApiKey"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getApiKeys: {
        parameters: {
            query?: {
                userId?: string;
                state?: "active" | "replacing" | "replaced" | "expired" | "revoked";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everybody’s API keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getApiKeysByKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Anybody’s API key, and what it was used for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteApiKeysByKeyId: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeApprovals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What your API keys ask of you */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["KeyApproval"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeApprovalsByApprovalId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approvalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One request of an API key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyApproval"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeApprovalsByApprovalIdApprove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approvalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let an API key do this once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyApproval"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postMeApprovalsByApprovalIdRefuse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approvalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refuse a request of an API key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyApproval"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getProtection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules that watch, and from where owners may work */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Protection"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putProtection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rules: {
                        /** @description Five failed sign-ins of one person in a row. */
                        failed_sign_ins: {
                            on: boolean;
                            /**
                             * @description The last active owner is never suspended: there it alerts.
                             * @enum {string}
                             */
                            reaction: "alert" | "suspend";
                        };
                        /** @description Two countries within an hour, in one session or in two sign-ins. */
                        impossible_travel: {
                            on: boolean;
                            /**
                             * @description The last active owner is never suspended: there it alerts.
                             * @enum {string}
                             */
                            reaction: "alert" | "suspend";
                        };
                        /** @description A used session token is presented again, for the second time within 30 days. */
                        refresh_reuse: {
                            on: boolean;
                            /**
                             * @description The last active owner is never suspended: there it alerts.
                             * @enum {string}
                             */
                            reaction: "alert" | "suspend";
                        };
                        /** @description Twenty refused requests of one person within five minutes. */
                        refusals: {
                            on: boolean;
                            /**
                             * @description The last active owner is never suspended: there it alerts.
                             * @enum {string}
                             */
                            reaction: "alert" | "suspend";
                        };
                        /** @description A destructive act from a country the person has not confirmed, three times without a fresh proof. */
                        new_country: {
                            on: boolean;
                            /**
                             * @description The last active owner is never suspended: there it alerts.
                             * @enum {string}
                             */
                            reaction: "alert" | "suspend";
                        };
                        /** @description The request limit is reached in five different minutes within fifteen. */
                        rate_limits: {
                            on: boolean;
                            /**
                             * @description The last active owner is never suspended: there it alerts.
                             * @enum {string}
                             */
                            reaction: "alert" | "suspend";
                        };
                    };
                    /** @description Addresses and networks from which owners may work; empty: from anywhere. */
                    ownerAllowlist: string[];
                    /** @description Alert the owners when somebody changes a server at the provider itself, past WebNova. */
                    tellOutside: boolean;
                    version: number;
                };
            };
        };
        responses: {
            /** @description Change the rules and the owners’ addresses */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Protection"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAlerts: {
        parameters: {
            query?: {
                /** @description Only those that nobody has acknowledged. */
                unread?: "true" | "false";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What owners were told */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertPage"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAlertsAcknowledgeAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAlertsByAlertIdAcknowledge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alertId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeCountries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Countries you use */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The country of this request, as the edge saw it. */
                        here: string | null;
                        items: components["schemas"]["KnownCountry"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putMeCountriesByCountry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                country: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Confirm a country */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The country of this request, as the edge saw it. */
                        here: string | null;
                        items: components["schemas"]["KnownCountry"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMeCountriesByCountry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                country: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Trust a country no longer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The country of this request, as the edge saw it. */
                        here: string | null;
                        items: components["schemas"]["KnownCountry"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersByUserIdGrants: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a person may do on some things only */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersByUserIdGrants: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    effect: "allow" | "deny";
                    permissions: ("servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock")[];
                    scope: components["schemas"]["Scope"];
                    /** @default  */
                    note?: string;
                    /**
                     * Format: date-time
                     * @description When it ends by itself.
                     * @default null
                     */
                    expiresAt?: string | null;
                };
            };
        };
        responses: {
            /** @description Give or take permissions for some things only */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUsersByUserIdGrantsByGrantId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
                grantId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove such a rule */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getPermissions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every permission there is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionTable"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getPermissionsByPermissionHolders: {
        parameters: {
            query?: {
                serverId?: string;
            };
            header?: never;
            path: {
                permission: "servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who may do this, and which rule says so */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Holders"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersByUserIdExplanation: {
        parameters: {
            query: {
                permission: "servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock";
                /** @description On this server; without: on anything at all. */
                serverId?: string;
                /** @description On this provider project. */
                accountId?: string;
            };
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether a person may do this, and which rule says so */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeExplanation: {
        parameters: {
            query: {
                permission: "servers:read" | "servers:power" | "servers:annotate" | "servers:sync" | "servers:create" | "servers:delete" | "servers:rebuild" | "servers:resize" | "servers:configure" | "servers:console" | "images:read" | "images:manage" | "images:delete" | "ssh-keys:read" | "ssh-keys:manage" | "ssh-keys:delete" | "volumes:read" | "volumes:manage" | "volumes:delete" | "networks:read" | "networks:manage" | "networks:delete" | "firewalls:read" | "firewalls:manage" | "firewalls:delete" | "ips:read" | "ips:manage" | "ips:delete" | "load-balancers:read" | "load-balancers:manage" | "load-balancers:delete" | "certificates:read" | "certificates:manage" | "certificates:delete" | "zones:read" | "zones:manage" | "zones:delete" | "placement-groups:read" | "placement-groups:manage" | "placement-groups:delete" | "accounts:read" | "accounts:manage" | "audit:read" | "provider-log:read" | "costs:read" | "users:read" | "users:govern" | "api-keys:use" | "servers:lock";
                /** @description On this server; without: on anything at all. */
                serverId?: string;
                /** @description On this provider project. */
                accountId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether I may do this, and which rule says so */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Providers that can be connected */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProviderBrief"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Connected projects */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Account"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                    name: string;
                    /** @description Never given back by any operation. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Connect a project */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAccountsByAccountId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteAccountsByAccountId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchAccountsByAccountId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Rename a project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putAccountsByAccountIdToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Never given back by any operation. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Replace the token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAccountsByAccountIdPause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pause a project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAccountsByAccountIdResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Resume a project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAccountsReencrypt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Seal tokens under the newest master key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReencryptReport"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postAccountsByAccountIdSync: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a project again now */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncReport"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read every project again now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SyncReport"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getProviderLog: {
        parameters: {
            query?: {
                accountId?: string;
                kind?: "token_rejected" | "token_read_only" | "forbidden" | "not_found" | "conflict" | "locked" | "protected" | "rejected" | "capacity" | "quota" | "rate_limited" | "maintenance" | "unavailable" | "unreachable" | "timeout" | "malformed" | "budget_exhausted";
                /** @description Nothing older than this. */
                since?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Failures of the provider */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            /** Format: date-time */
                            at: string;
                            /** @description Null while a project is being connected. */
                            accountId: string | null;
                            /** @enum {string} */
                            kind: "token_rejected" | "token_read_only" | "forbidden" | "not_found" | "conflict" | "locked" | "protected" | "rejected" | "capacity" | "quota" | "rate_limited" | "maintenance" | "unavailable" | "unreachable" | "timeout" | "malformed" | "budget_exhausted";
                            method: string;
                            path: string;
                            /** @description Null when no answer came. */
                            status: number | null;
                            providerCode: string | null;
                            detail: string | null;
                            attempt: number;
                            durationMs: number;
                            requestId: string;
                            /** @description What the provider’s support asks for. */
                            correlationId: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getServers: {
        parameters: {
            query?: {
                /** @description In names, addresses, tags and labels (`k=v`). */
                q?: string;
                status?: ("running" | "off" | "starting" | "stopping" | "initializing" | "rebuilding" | "migrating" | "deleting" | "unknown")[];
                accountId?: string[];
                location?: string[];
                type?: string[];
                /** @description Empty: servers without one. */
                project?: string[];
                /** @description Empty: servers without one. */
                environment?: string[];
                /** @description Servers with every one of these. */
                tag?: string[];
                /** @description `key` or `key=value`; servers with every one of these. */
                label?: string[];
                /** @description `true`: only servers that deserve a look. */
                attention?: "true" | "false";
                /** @description `true`: only servers that are gone. */
                deleted?: "true" | "false";
                /** @description Only these, for updates of a list already shown. */
                id?: string[];
                /** @description `-` in front: descending. */
                sort?: "name" | "-name" | "status" | "-status" | "project" | "-project" | "type" | "-type" | "location" | "-location" | "monthly" | "-monthly" | "created" | "-created" | "changed" | "-changed";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Servers of all projects */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerPage"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getServersSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fleet in numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerSummary"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getServersByServerId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One server */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchServersByServerIdMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServerMetadataPatch"];
            };
        };
        responses: {
            /** @description Change what people add to a server */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getServersByServerIdMetrics: {
        parameters: {
            query?: {
                range?: "1h" | "6h" | "24h" | "7d" | "30d";
            };
            header?: never;
            path: {
                serverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Measurements of one server */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerMetrics"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putServersByServerIdLock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Lock a server against destruction */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteServersByServerIdLock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Unlock a server */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postServersByServerIdActions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action: components["schemas"]["PowerAction"];
                    /** @description The server's name, typed by the person: needed for `power_off` and `reset`. */
                    confirmName?: string;
                };
            };
        };
        responses: {
            /** @description Start, stop, reboot, power off or reset a server */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postServersActions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    serverIds: string[];
                    action: components["schemas"]["PowerAction"];
                    /** @description How many servers this is about, typed by the person. */
                    confirm: string;
                };
            };
        };
        responses: {
            /** @description The same action on many servers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BulkPowerItem"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOperations: {
        parameters: {
            query?: {
                serverId?: string;
                /** @description `true`: only what is still under way. */
                open?: "true" | "false";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Operations, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Operation"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOperationsByOperationId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How an operation is going */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The socket is open. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                /** @description `operations`: one entry each, as it stands now. `rows`: every row as it was written. */
                view?: "operations" | "rows";
                /** @description A user id, or the name of a job. */
                actorId?: string[];
                /** @description An API key that stood for somebody. */
                keyId?: string[];
                targetType?: "instance" | "user" | "session" | "passkey" | "account" | "server" | "api_key" | "resource";
                targetId?: string;
                action?: ("instance.claim" | "user.sign_in" | "user.sign_out" | "user.step_up" | "user.enrol" | "user.preferences.update" | "user.invite" | "user.invite.revoke" | "user.invite.accept" | "user.suspend" | "user.ban" | "user.reactivate" | "user.deactivate" | "user.set_role" | "user.set_permissions" | "grant.add" | "grant.remove" | "session.revoke" | "session.revoke_all" | "session.rename" | "session.refresh_reuse" | "passkey.add" | "passkey.rename" | "passkey.remove" | "recovery_codes.create" | "recovery_codes.use" | "api_key.create" | "api_key.update" | "api_key.rotate" | "api_key.revoke" | "api_key.use" | "api_key.request_approval" | "api_key.approve" | "api_key.refuse" | "password.set" | "password.remove" | "totp.begin" | "totp.confirm" | "totp.remove" | "instance.set_sign_in" | "user.set_sign_in" | "account.add" | "account.rename" | "account.replace_token" | "account.pause" | "account.resume" | "account.remove" | "account.reencrypt" | "account.sync" | "server.start" | "server.stop" | "server.reboot" | "server.power_off" | "server.reset" | "server.create" | "server.delete" | "server.rebuild" | "server.resize" | "server.configure" | "server.console" | "resource.create" | "resource.update" | "resource.delete" | "resource.act" | "server.annotate" | "server.lock" | "server.unlock" | "server.outside_change" | "resource.outside_change" | "protection.update" | "alert.raise" | "alert.acknowledge" | "country.confirm" | "country.forget")[];
                /** @description The result; in `operations` the latest one. */
                phase?: ("started" | "accepted" | "succeeded" | "failed" | "unknown" | "denied" | "refused")[];
                /** @description Nothing that began before. */
                from?: string;
                /** @description Nothing that began at or after. */
                to?: string;
                /** @description In the names of who did it and to what. */
                q?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who did what, to what, with which result */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMeActivity: {
        parameters: {
            query?: {
                /** @description `operations`: one entry each, as it stands now. `rows`: every row as it was written. */
                view?: "operations" | "rows";
                /** @description A user id, or the name of a job. */
                actorId?: string[];
                /** @description An API key that stood for somebody. */
                keyId?: string[];
                targetType?: "instance" | "user" | "session" | "passkey" | "account" | "server" | "api_key" | "resource";
                targetId?: string;
                action?: ("instance.claim" | "user.sign_in" | "user.sign_out" | "user.step_up" | "user.enrol" | "user.preferences.update" | "user.invite" | "user.invite.revoke" | "user.invite.accept" | "user.suspend" | "user.ban" | "user.reactivate" | "user.deactivate" | "user.set_role" | "user.set_permissions" | "grant.add" | "grant.remove" | "session.revoke" | "session.revoke_all" | "session.rename" | "session.refresh_reuse" | "passkey.add" | "passkey.rename" | "passkey.remove" | "recovery_codes.create" | "recovery_codes.use" | "api_key.create" | "api_key.update" | "api_key.rotate" | "api_key.revoke" | "api_key.use" | "api_key.request_approval" | "api_key.approve" | "api_key.refuse" | "password.set" | "password.remove" | "totp.begin" | "totp.confirm" | "totp.remove" | "instance.set_sign_in" | "user.set_sign_in" | "account.add" | "account.rename" | "account.replace_token" | "account.pause" | "account.resume" | "account.remove" | "account.reencrypt" | "account.sync" | "server.start" | "server.stop" | "server.reboot" | "server.power_off" | "server.reset" | "server.create" | "server.delete" | "server.rebuild" | "server.resize" | "server.configure" | "server.console" | "resource.create" | "resource.update" | "resource.delete" | "resource.act" | "server.annotate" | "server.lock" | "server.unlock" | "server.outside_change" | "resource.outside_change" | "protection.update" | "alert.raise" | "alert.acknowledge" | "country.confirm" | "country.forget")[];
                /** @description The result; in `operations` the latest one. */
                phase?: ("started" | "accepted" | "succeeded" | "failed" | "unknown" | "denied" | "refused")[];
                /** @description Nothing that began before. */
                from?: string;
                /** @description Nothing that began at or after. */
                to?: string;
                /** @description In the names of who did it and to what. */
                q?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What I did */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAuditFacets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the activity log can be filtered by */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditFacets"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAuditOperationsByOperationId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every row of one operation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditOperation"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAuditSeals: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Seals of the activity log */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditSeal"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAuditSealKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Public keys of the seals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: components["schemas"]["AuditSealKey"][];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAuditVerification: {
        parameters: {
            query?: {
                /** @description Go on after this seal: `next.after` of the call before. */
                after?: number | null;
                hash?: string;
                toSeq?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Check the log against its seals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAuditArchive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far the log is archived */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditArchive"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAuditExport: {
        parameters: {
            query?: {
                /** @description First row number. */
                from?: number;
                format?: "jsonl" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole log as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCosts: {
        parameters: {
            query?: {
                /** @description Continues `servers`; the totals are always of everything. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the fleet costs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CostReport"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCostsHistory: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the fleet cost, day by day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CostHistory"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postApiAdminUsersByUserIdSuspend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Suspend a person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["UserDetail"];
                        ended: components["schemas"]["EndedAccess"];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postApiAdminUsersByUserIdBan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Ban a person for ever */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["UserDetail"];
                        ended: components["schemas"]["EndedAccess"];
                    };
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postApiAdminUsersByUserIdReactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Reactivate a person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putApiAdminUsersByUserIdPermissions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    permissions: ("+servers:read" | "-servers:read" | "+servers:power" | "-servers:power" | "+servers:annotate" | "-servers:annotate" | "+servers:sync" | "-servers:sync" | "+servers:create" | "-servers:create" | "+servers:delete" | "-servers:delete" | "+servers:rebuild" | "-servers:rebuild" | "+servers:resize" | "-servers:resize" | "+servers:configure" | "-servers:configure" | "+servers:console" | "-servers:console" | "+images:read" | "-images:read" | "+images:manage" | "-images:manage" | "+images:delete" | "-images:delete" | "+ssh-keys:read" | "-ssh-keys:read" | "+ssh-keys:manage" | "-ssh-keys:manage" | "+ssh-keys:delete" | "-ssh-keys:delete" | "+volumes:read" | "-volumes:read" | "+volumes:manage" | "-volumes:manage" | "+volumes:delete" | "-volumes:delete" | "+networks:read" | "-networks:read" | "+networks:manage" | "-networks:manage" | "+networks:delete" | "-networks:delete" | "+firewalls:read" | "-firewalls:read" | "+firewalls:manage" | "-firewalls:manage" | "+firewalls:delete" | "-firewalls:delete" | "+ips:read" | "-ips:read" | "+ips:manage" | "-ips:manage" | "+ips:delete" | "-ips:delete" | "+load-balancers:read" | "-load-balancers:read" | "+load-balancers:manage" | "-load-balancers:manage" | "+load-balancers:delete" | "-load-balancers:delete" | "+certificates:read" | "-certificates:read" | "+certificates:manage" | "-certificates:manage" | "+certificates:delete" | "-certificates:delete" | "+zones:read" | "-zones:read" | "+zones:manage" | "-zones:manage" | "+zones:delete" | "-zones:delete" | "+placement-groups:read" | "-placement-groups:read" | "+placement-groups:manage" | "-placement-groups:manage" | "+placement-groups:delete" | "-placement-groups:delete" | "+accounts:read" | "-accounts:read" | "+accounts:manage" | "-accounts:manage" | "+audit:read" | "-audit:read" | "+provider-log:read" | "-provider-log:read" | "+costs:read" | "-costs:read" | "+users:read" | "-users:read" | "+users:govern" | "-users:govern" | "+api-keys:use" | "-api-keys:use" | "+servers:lock" | "-servers:lock")[];
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Give and take permissions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            /** @description Refused; nothing was changed. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Failed on our side or at the provider. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
