export interface paths {
    "/provider-log": {
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            error: {
                /** @enum {string} */
                code: "invalid_input" | "malformed_body" | "unauthenticated" | "session_expired" | "sign_in_failed" | "session_reuse" | "forbidden" | "account_not_active" | "origin_refused" | "step_up_required" | "link_invalid" | "not_found" | "method_not_allowed" | "conflict" | "locked" | "already_claimed" | "already_exists" | "wrong_state" | "idempotency_in_progress" | "link_expired" | "payload_too_large" | "unsupported_media_type" | "idempotency_mismatch" | "rate_limited" | "internal" | "database_unavailable" | "misconfigured" | "account_paused" | "provider_token_rejected" | "provider_token_read_only" | "provider_forbidden" | "provider_not_found" | "provider_conflict" | "provider_locked" | "provider_protected" | "provider_rejected" | "provider_capacity" | "provider_quota" | "provider_rate_limited" | "provider_maintenance" | "provider_unavailable" | "provider_unreachable" | "provider_timeout" | "provider_malformed" | "outcome_unknown";
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
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
}
