/** The container's HEALTHCHECK: ends with 0 where the server beside it says that it is well. */
const { HOST = '', PORT = '3000' } = process.env;

const hosts = { '': '127.0.0.1', '0.0.0.0': '127.0.0.1', '::': '[::1]' };
const host = hosts[HOST] ?? (HOST.includes(':') ? `[${HOST}]` : HOST);
const answer = await fetch(`http://${host}:${PORT || 3000}/api/health`, {
  signal: AbortSignal.timeout(4_000),
}).catch((error) => console.error(error.cause?.message ?? error.message));
if (answer && !answer.ok) console.error(await answer.text());
process.exitCode = answer?.ok ? 0 : 1;
