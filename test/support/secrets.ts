/** Fixed secrets of the tests, in the shapes a deployment uses. They protect nothing. */
export const testSecrets = {
  MASTER_KEYS: '1:V2ViTm92YS10ZXN0LW1hc3Rlci1rZXktMzItYnl0ZXM',
  SESSION_KEYS: 'k1:V2ViTm92YS10ZXN0LXNlc3Npb24ta2V5MzItYnl0ZXM',
  SEAL_KEYS: 's1:V2ViTm92YS10ZXN0LXNlYWwta2V5LTMyLWJ5dGVzISE',
} as const
