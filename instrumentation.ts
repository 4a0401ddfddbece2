import type { Instrumentation } from 'next';

/** Once in each web process, before it answers. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ getDb }, { watchCatalogueVersion }, { env }, { installLog }, webProcess, { mayRead }] =
    await Promise.all([
      import('@/lib/db/client'),
      import('@/lib/feed/catalogue-version'),
      import('@/lib/runtime/env'),
      import('@/lib/runtime/log.mjs'),
      import('@/lib/http/web-process.mjs'),
      import('@/lib/readers/request-actor'),
    ]);
  const { hasGate, knowReadersBy, servedRequest } = webProcess;
  if (env().membership.isPrivate && !hasGate()) {
    throw new Error('ACCESS=private needs our own server: run `npm start`.');
  }
  installLog(env().log, () => servedRequest()?.id);
  knowReadersBy(({ path, headers }) => mayRead(getDb(), path, headers, new Date()));
  await watchCatalogueVersion(getDb());
}

/** Pages and route handlers that failed: where by the database, our server says so (lib/server/answer.mjs). */
export const onRequestError: Instrumentation.onRequestError = async (error) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ isAway }, { sawDatabaseAway }] = await Promise.all([
    import('@/lib/db/away'),
    import('@/lib/http/web-process.mjs'),
  ]);
  if (isAway(error)) sawDatabaseAway(true);
};
