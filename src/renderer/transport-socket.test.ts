import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallMessage, HostMessage } from '../shared/rpc.ts';
import { type Link, retryDelay, socketTransport } from './transport-socket.ts';

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  static made: FakeSocket[] = [];
  readyState = 0;
  readonly sent: CallMessage[] = [];
  constructor() {
    super();
    FakeSocket.made.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as CallMessage);
  }
  open() {
    this.readyState = FakeSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }
  hear(message: HostMessage) {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }));
  }
  close() {
    this.readyState = FakeSocket.CLOSED;
    this.dispatchEvent(new Event('close'));
  }
}

let status: number | null;
beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  status = null;
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', async () => {
    if (status === null) throw new TypeError('refused');
    return { status };
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const call = (id: number): CallMessage => ({ type: 'call', id, name: 'batches.list', argument: undefined });
const latest = () => FakeSocket.made.at(-1)!;

function setUp() {
  const links: Link[] = [];
  const heard: HostMessage[] = [];
  const transport = socketTransport('ws://host/socket', (link) => links.push(link));
  transport.onMessage((message) => heard.push(message));
  return { links, heard, transport };
}

test('calls that are made before the connection wait for it, in their order', () => {
  const { transport } = setUp();
  transport.send(call(1));
  transport.send(call(2));
  expect(latest().sent).toEqual([]);
  latest().open();
  expect(latest().sent.map(({ id }) => id)).toEqual([1, 2]);
});

test('a call that the host can no longer answer is answered with an error', () => {
  const { transport, heard } = setUp();
  latest().open();
  transport.send(call(1));
  transport.send(call(2));
  latest().hear({ type: 'reply', id: 1, ok: true, result: [] });
  latest().close();
  expect(heard.map((message) => message.type === 'reply' && [message.id, message.ok])).toEqual([
    [1, true],
    [2, false],
  ]);
  expect(heard[1]).toMatchObject({ error: { code: 'CONNECTION_LOST' } });
});

test('a call while the connection is lost is refused, and not sent later', async () => {
  const { transport, heard } = setUp();
  latest().open();
  latest().close();
  transport.send(call(7));
  await vi.advanceTimersByTimeAsync(500);
  expect(heard).toMatchObject([{ id: 7, ok: false }]);
  latest().open();
  expect(latest().sent).toEqual([]);
});

test('it tries again by itself, less and less often, and at once when asked to', async () => {
  const { links, transport } = setUp();
  latest().open();
  latest().close();
  await vi.advanceTimersByTimeAsync(499);
  expect(FakeSocket.made).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(FakeSocket.made).toHaveLength(2);
  latest().close();
  transport.retryNow();
  expect(FakeSocket.made).toHaveLength(3);
  latest().open();
  expect(links.at(-1)).toEqual({ state: 'open' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.made).toHaveLength(3);
  expect([1, 2, 3, 20].map(retryDelay)).toEqual([500, 1000, 2000, 10_000]);
});

test('a host that was started anew and does not know the window is told from one that is gone', async () => {
  const { links } = setUp();
  latest().open();
  latest().close();
  await vi.advanceTimersByTimeAsync(0);
  expect(links.at(-1)).toMatchObject({ state: 'lost', refused: false });
  status = 403;
  await vi.advanceTimersByTimeAsync(500);
  latest().close();
  await vi.advanceTimersByTimeAsync(0);
  expect(links.at(-1)).toMatchObject({ state: 'lost', refused: true });
});
