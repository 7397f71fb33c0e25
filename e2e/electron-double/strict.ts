// What JavaScript itself, or a debugger that prints the object, asks every object for.
const asked = new Set([
  'then',
  'toJSON',
  'constructor',
  'inspect',
  'nodeType',
  'asymmetricMatch',
  '$$typeof',
]);

/**
 * The same object, but one that refuses what it does not have: code that uses a part of Electron that is not
 * doubled stops at that line, with the name of the part.
 */
export function strict<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, key) {
      if (typeof key === 'string' && !(key in target) && !asked.has(key)) throw notDoubled(`${name}.${key}`);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' && !isClass(value) ? value.bind(target) : value;
    },
  });
}

export const notDoubled = (what: string): Error =>
  new Error(`The double of electron has no ${what}: add it to e2e/electron-double, or do without it.`);

const isClass = (value: object): boolean => /^class\b/.test(Function.prototype.toString.call(value));
