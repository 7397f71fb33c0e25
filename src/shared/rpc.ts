import { z } from 'zod';
import { type ErrorInfo, PoolboardError, toErrorInfo } from './errors.ts';

/**
 * Calls and events between the window and its host, declared once as values: both ends' types and functions
 * are derived from the declaration, over any transport that can send a message and hear one.
 */

/** A call from the window to the host: the schema of its argument, and (as a type only) its result. */
export interface Call<Schema extends z.ZodType, Result> {
  readonly kind: 'call';
  readonly argument: Schema;
  /** Carries the result's type; never set. */
  readonly result?: Result;
}

/** An event from the host to the window. */
export interface Event<Payload> {
  readonly kind: 'event';
  /** Carries the payload's type; never set. */
  readonly payload?: Payload;
}

export type Contract = Record<string, Record<string, Call<z.ZodType, unknown> | Event<unknown>>>;

/** Declares a call whose argument is checked against `argument` by the host, at run time. */
export function call<Result>() {
  return <Schema extends z.ZodType>(argument: Schema): Call<Schema, Result> => ({ kind: 'call', argument });
}

/** Declares a call without an argument. */
export function callWithout<Result>(): Call<z.ZodUndefined, Result> {
  return { kind: 'call', argument: z.undefined() };
}

export function event<Payload>(): Event<Payload> {
  return { kind: 'event' };
}

type Calls<Group> = { [K in keyof Group as Group[K] extends Call<z.ZodType, unknown> ? K : never]: Group[K] };
type Events<Group> = { [K in keyof Group as Group[K] extends Event<unknown> ? K : never]: Group[K] };

type ClientCall<C> =
  C extends Call<infer Schema, infer Result>
    ? Schema extends z.ZodUndefined
      ? () => Promise<Result>
      : (argument: z.input<Schema>) => Promise<Result>
    : never;
type HandlerOf<C, Context> =
  C extends Call<infer Schema, infer Result>
    ? (argument: z.output<Schema>, context: Context) => Promise<Result> | Result
    : never;
type PayloadOf<E> = E extends Event<infer Payload> ? Payload : never;

/** The window's end: `client.group.call(argument)`, `client.group.on.event(listener)`. */
export type Client<C extends Contract> = {
  [G in keyof C]: { [K in keyof Calls<C[G]>]: ClientCall<C[G][K]> } & {
    /** Each returns the function that ends the subscription. */
    on: { [K in keyof Events<C[G]>]: (listener: (payload: PayloadOf<C[G][K]>) => void) => () => void };
  };
};

/** The host's end: a function for each call. `Context` is what the transport knows of the caller. */
export type Handlers<C extends Contract, Context> = {
  [G in keyof C as keyof Calls<C[G]> extends never ? never : G]: {
    [K in keyof Calls<C[G]>]: HandlerOf<C[G][K], Context>;
  };
};

export type CallMessage = { type: 'call'; id: number; name: string; argument: unknown };
export type ReplyMessage =
  | { type: 'reply'; id: number; ok: true; result: unknown }
  | { type: 'reply'; id: number; ok: false; error: ErrorInfo };
export type EventMessage = { type: 'event'; name: string; payload: unknown };
export type HostMessage = ReplyMessage | EventMessage;

/** What the window's end needs of a connection. */
export interface Transport {
  send(message: CallMessage): void;
  onMessage(listener: (message: HostMessage) => void): void;
}

/** An error that the host answered with, in the window: the host's {@link ErrorInfo} in `info`. */
export class CallError extends Error {
  readonly info: ErrorInfo;
  constructor(info: ErrorInfo) {
    super(info.message);
    this.name = 'CallError';
    this.info = info;
  }
}

/** Makes the window's end of a contract over a transport. */
export function createClient<C extends Contract>(contract: C, transport: Transport): Client<C> {
  let lastId = 0;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();

  transport.onMessage((message) => {
    if (message.type === 'event') {
      for (const listener of listeners.get(message.name) ?? []) listener(message.payload);
      return;
    }
    const waiter = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) waiter?.resolve(message.result);
    else waiter?.reject(new CallError(message.error));
  });

  const invoke = (name: string, argument: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      transport.send({ type: 'call', id, name, argument });
    });
  const subscribe = (name: string, listener: (payload: unknown) => void): (() => void) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  };

  const client: Record<string, Record<string, unknown>> = {};
  for (const [group, members] of Object.entries(contract)) {
    const on: Record<string, unknown> = {};
    const face: Record<string, unknown> = { on };
    for (const [member, { kind }] of Object.entries(members)) {
      const name = `${group}.${member}`;
      if (kind === 'call') face[member] = (argument: unknown) => invoke(name, argument);
      else on[member] = (listener: (payload: unknown) => void) => subscribe(name, listener);
    }
    client[group] = face;
  }
  return client as Client<C>;
}

const callMessageSchema = z.object({
  type: z.literal('call'),
  id: z.number(),
  name: z.string().max(100),
  // A call without an argument loses the key where the transport is JSON.
  argument: z.unknown().optional(),
});

/**
 * Makes the host's end: a function that answers one message of a caller. Never throws: a message of the wrong
 * shape, an unknown call, an argument that its schema refuses and a handler that throws are all answered.
 */
export function createDispatcher<C extends Contract, Context>(contract: C, handlers: Handlers<C, Context>) {
  return async (raw: unknown, context: Context): Promise<ReplyMessage | undefined> => {
    const message = callMessageSchema.safeParse(raw);
    if (!message.success) return undefined;
    const { id, name, argument } = message.data;
    try {
      const result = await answer(contract, handlers, name, argument, context);
      return { type: 'reply', id, ok: true, result };
    } catch (error) {
      return { type: 'reply', id, ok: false, error: toErrorInfo(error) };
    }
  };
}

function answer<C extends Contract, Context>(
  contract: C,
  handlers: Handlers<C, Context>,
  name: string,
  argument: unknown,
  context: Context,
): unknown {
  const [group = '', member = ''] = name.split('.');
  const declared = Object.hasOwn(contract, group) ? contract[group] : undefined;
  const declaration = declared && Object.hasOwn(declared, member) ? declared[member] : undefined;
  if (declaration?.kind !== 'call') throw new PoolboardError('UNKNOWN_CALL', `There is no call "${name}".`);
  const parsed = declaration.argument.safeParse(argument);
  if (!parsed.success) throw new PoolboardError('BAD_ARGUMENT', `${name}: ${sentenceOf(parsed.error)}`);
  const face = (handlers as Record<string, Record<string, (argument: unknown, context: Context) => unknown>>)[
    group
  ];
  return face![member]!(parsed.data, context);
}

/** The first problem of a failed check, as one sentence that names the place. */
export function sentenceOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'The argument is not valid.';
  const place = issue.path.join('.');
  return place ? `${place}: ${issue.message}` : issue.message;
}

/** Sends events of a contract: `emit('group.event', payload)`, with the payload's type checked. */
export type Emit<C extends Contract> = <G extends keyof C & string, K extends keyof Events<C[G]> & string>(
  name: `${G}.${K}`,
  payload: PayloadOf<C[G][K]>,
) => void;
