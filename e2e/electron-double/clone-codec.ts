/**
 * Values as text, with what structured clone keeps and JSON loses (undefined, NaN, dates, maps, bytes, shared
 * and circular references), and with its refusals: functions, symbols and objects of the DOM.
 *
 * The function is self-contained: its source is also put into the page.
 */
export function makeCodec() {
  type Node = [string, ...unknown[]];
  const typedArrays = [
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
    'Float32Array',
    'Float64Array',
    'BigInt64Array',
    'BigUint64Array',
    'DataView',
  ];
  const scope = globalThis as unknown as Record<string, new (...given: unknown[]) => unknown>;
  const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
  const refuse = () => new Error('An object could not be cloned.');

  const toText = (bytes: Uint8Array): string => {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };
  const toBytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

  function encode(root: unknown): string {
    const nodes: Node[] = [];
    const seen = new Map<object, number>();
    const put = (value: unknown): number => {
      if (typeof value === 'object' && value !== null) {
        const known = seen.get(value);
        if (known !== undefined) return known;
        const index = nodes.push(['']) - 1;
        seen.set(value, index);
        nodes[index] = nodeOf(value);
        return index;
      }
      return nodes.push(primitive(value)) - 1;
    };
    const primitive = (value: unknown): Node => {
      if (value === undefined) return ['undefined'];
      if (typeof value === 'bigint') return ['bigint', String(value)];
      if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
        return ['number', Object.is(value, -0) ? '-0' : String(value)];
      }
      if (typeof value === 'function' || typeof value === 'symbol') throw refuse();
      return ['=', value];
    };
    const entries = (value: object) =>
      Object.entries(value).map(([key, member]) => [key, put(member)] as const);
    const nodeOf = (value: object): Node => {
      const kind = kindOf(value);
      if (Array.isArray(value)) return ['array', value.length, entries(value)];
      if (value instanceof Error) return ['error', value.name, value.message, value.stack];
      if (kind === 'Object') return ['object', entries(value)];
      if (kind === 'Date') return ['date', Number(value)];
      if (kind === 'RegExp') return ['regexp', (value as RegExp).source, (value as RegExp).flags];
      if (kind === 'Map') {
        return ['map', [...(value as Map<unknown, unknown>)].map(([k, v]) => [put(k), put(v)])];
      }
      if (kind === 'Set') return ['set', [...(value as Set<unknown>)].map(put)];
      if (kind === 'ArrayBuffer') return ['buffer', toText(new Uint8Array(value as ArrayBuffer))];
      if (typedArrays.includes(kind)) {
        const { buffer, byteOffset, byteLength } = value as DataView;
        return ['view', kind, toText(new Uint8Array(buffer, byteOffset, byteLength))];
      }
      throw refuse();
    };
    put(root);
    return JSON.stringify(nodes);
  }

  function decode(text: string): unknown {
    const nodes = JSON.parse(text) as Node[];
    const made = new Map<number, unknown>();
    const keep = <T>(index: number, value: T): T => {
      made.set(index, value);
      return value;
    };
    const get = (index: number): unknown => {
      if (made.has(index)) return made.get(index);
      const [kind, a, b, c] = nodes[index]!;
      switch (kind) {
        case '=':
          return a;
        case 'undefined':
          return undefined;
        case 'bigint':
          return BigInt(a as string);
        case 'number':
          return Number(a);
        case 'date':
          return keep(index, new Date(a as number));
        case 'regexp':
          return keep(index, new RegExp(a as string, b as string));
        case 'buffer':
          return keep(index, toBytes(a as string).buffer);
        case 'view':
          return keep(index, new scope[a as string]!(toBytes(b as string).buffer));
        case 'error': {
          const error = keep(index, new Error(b as string));
          error.name = a as string;
          error.stack = c as string;
          return error;
        }
        case 'map': {
          const map = keep(index, new Map());
          for (const [k, v] of a as [number, number][]) map.set(get(k), get(v));
          return map;
        }
        case 'set': {
          const set = keep(index, new Set());
          for (const member of a as number[]) set.add(get(member));
          return set;
        }
        default: {
          const isArray = kind === 'array';
          const target = keep(index, (isArray ? new Array(a as number) : {}) as Record<string, unknown>);
          for (const [key, member] of (isArray ? b : a) as [string, number][]) {
            // Assignment to `__proto__` would change the object's prototype.
            Object.defineProperty(target, key, {
              value: get(member),
              writable: true,
              enumerable: true,
              configurable: true,
            });
          }
          return target;
        }
      }
    };
    return get(0);
  }

  return { encode, decode };
}
