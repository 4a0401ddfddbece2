// @ts-check
/** Which answers are compressed, for whom, and how one is compressed as it goes. */
import { createGzip } from 'node:zlib';

const COMPRESSIBLE =
  /^(?:text\/|image\/svg\+xml|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)\b)/;
/** Below this, it saves no packet. */
const LEAST_BYTES = 1024;

/** @param {import('node:http').IncomingHttpHeaders} headers */
export function acceptsGzip({ 'accept-encoding': accepted = '' }) {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(accepted));
}

/** @param {string} type */
export function isCompressible(type) {
  return COMPRESSIBLE.test(type);
}

/** @param {number} bytes NaN where nobody knows yet */
export function isWorthCompressing(bytes) {
  return !(bytes < LEAST_BYTES);
}

/**
 * A compressor that writes to a response by `sink`, no faster than its client reads, and ends with it.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {{ write(chunk: Buffer): boolean, end(): void }} sink
 */
export function gzipInto(response, sink) {
  const gzip = createGzip();
  gzip.on('data', (chunk) => {
    if (!sink.write(chunk)) gzip.pause();
  });
  gzip.on('end', () => sink.end());
  gzip.on('error', (error) => response.destroy(error));
  gzip.on('drain', () => response.emit('drain'));
  response.on('drain', () => gzip.resume());
  response.once('close', () => gzip.destroy());
  return gzip;
}
