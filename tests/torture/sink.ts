import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What one message meets. */
export type Fault =
  | 'none'
  | 'rcpt-4xx'
  | 'rcpt-5xx'
  | 'rcpt-policy'
  | 'data-4xx'
  | 'data-5xx'
  | 'data-policy'
  | 'drop-before-dot'
  | 'drop-after-dot'
  | 'stall-at-rcpt'
  | 'stall-before-answer';

/** A whole message that arrived, whatever the sender was told about it. */
export interface Arrival {
  /** Its id, without our code. */
  message: string;
  to: string;
  answered: boolean;
}

export interface TortureSink {
  url: string;
  arrivals: Arrival[];
  /** How often each fault happened. */
  faults: Map<Fault, number>;
  /** Decides what the next message meets. */
  next: () => Fault;
  /** Waits until no connection is open any more. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

interface Connection {
  id: string;
  _socket: { destroy(): void };
}

/** Longer than the senders' patience, which is set by `socketTimeout` in the URL. */
const STALL_MS = 1_500;
const PATIENCE_MS = 750;
const END = /--=_broadsheet_part--\r\n$/;

/** A mail server that fails in every way it can, and remembers exactly what it got. */
export async function startTortureSink(): Promise<TortureSink> {
  const current = new Map<string, Fault>();
  const sink: TortureSink = {
    url: '',
    arrivals: [],
    faults: new Map(),
    next: () => 'none',
    async quiet() {
      while (open().size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    closeTimeout: 100,
    onMailFrom(_address, session, done) {
      const fault = sink.next();
      current.set(session.id, fault);
      sink.faults.set(fault, (sink.faults.get(fault) ?? 0) + 1);
      done();
    },
    onRcptTo(_address, session, done) {
      const fault = current.get(session.id);
      if (fault === 'rcpt-4xx') return done(refusal(450, '4.2.1 greylisted, come back later'));
      if (fault === 'rcpt-5xx') return done(refusal(550, '5.1.1 no such user'));
      if (fault === 'rcpt-policy') return done(refusal(550, '5.7.1 not wanted by this mailbox'));
      if (fault === 'stall-at-rcpt') return void setTimeout(done, STALL_MS);
      done();
    },
    onData(stream, session, done) {
      const fault = current.get(session.id);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (fault === 'drop-before-dot') drop(session.id);
      });
      stream.on('error', () => {});
      stream.on('end', () => {
        if (fault === 'drop-before-dot') return;
        if (fault === 'data-4xx') return done(refusal(451, '4.3.0 try again later'));
        if (fault === 'data-policy') return done(refusal(550, '5.7.1 refused by policy'));
        if (fault === 'data-5xx') return done(refusal(552, '5.2.3 too large for this mailbox'));
        const answered = fault === 'none';
        const arrival = read(Buffer.concat(chunks), session.envelope.rcptTo[0]!.address, answered);
        // A sender that was killed half-way leaves a message without its end: that is no arrival.
        if (arrival) sink.arrivals.push(arrival);
        if (fault === 'drop-after-dot') return drop(session.id);
        if (fault === 'stall-before-answer') return void setTimeout(done, STALL_MS);
        done();
      });
    },
  });
  server.on('error', () => {});
  const open = () => (server as unknown as { connections: Set<Connection> }).connections;
  const drop = (id: string) => {
    for (const connection of open()) if (connection.id === id) connection._socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  sink.url = `smtp://127.0.0.1:${port}?ignoreTLS=true&connections=3&socketTimeout=${PATIENCE_MS}`;
  return sink;
}

function read(raw: Buffer, to: string, answered: boolean): Arrival | null {
  const text = raw.toString('latin1');
  if (!END.test(text)) return null;
  const id = /^Message-ID: <(delivery-[0-9a-f]{32})-/m.exec(text);
  return { message: id?.[1] ?? '', to, answered };
}

function refusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
