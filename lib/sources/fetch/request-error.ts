/** Why a request failed, and whether trying again may help. */
export class RequestError extends Error {
  override name = 'RequestError';
  constructor(
    message: string,
    readonly temporary: boolean,
    /** How long the server asked to wait. */
    readonly askedMs = 0,
  ) {
    super(message);
  }
}

/** What the network says went wrong. */
export function asRequestError(error: Error): RequestError {
  if (error instanceof RequestError) return error;
  const { code } = error as NodeJS.ErrnoException;
  // A name that does not exist may be a resolver that is away for a moment.
  const wrong = code?.startsWith('ERR_TLS') || code?.startsWith('CERT_');
  return new RequestError(error.message || code || 'the connection failed', !wrong);
}
