import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import { getDb } from '@/lib/db/client';
import { mcpServer } from '@/lib/mcp/tools';
import { ANONYMOUS } from '@/lib/readers/actor';
import { tokenActor } from '@/lib/readers/request-actor';
import { env } from '@/lib/runtime/env';
import packageJson from '@/package.json';

export const dynamic = 'force-dynamic';
const LARGEST_REQUEST = 16_384;

const handler = createMcpHandler(
  async ({ requestInfo }) => {
    const db = getDb();
    const now = new Date();
    const actor = requestInfo ? await tokenActor(db, requestInfo.headers, now) : ANONYMOUS;
    return mcpServer({ db, actor, siteUrl: env().siteUrl, version: packageJson.version, now });
  },
  { responseMode: 'json', maxRequestBodySize: LARGEST_REQUEST },
);

/** For programs that speak the Model Context Protocol, each request by itself. Pages of other sites may not. */
export async function POST(request: Request): Promise<Response> {
  const hosts = [new URL(env().siteUrl).hostname, ...localhostAllowedHostnames()];
  return (
    hostHeaderValidationResponse(request, hosts) ??
    originValidationResponse(request, hosts) ??
    (await handler.fetch(request))
  );
}
