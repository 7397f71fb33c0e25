/** The event object that Electron hands to listeners that may say no. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<T extends object>(more: T): T & PreventableEvent {
  let defaultPrevented = false;
  return Object.defineProperties(more, {
    defaultPrevented: { get: () => defaultPrevented },
    preventDefault: {
      value: () => {
        defaultPrevented = true;
      },
    },
  }) as T & PreventableEvent;
}
