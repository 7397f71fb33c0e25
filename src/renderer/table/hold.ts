/** Someone who points at a row means that row: for a while after the pointer moved, rows stay where they are. */
const holdMs = 2000;

export interface Hold {
  /** The pointer is on the rows, and has moved. */
  point: () => void;
  /** It has left them. */
  leave: () => void;
  isHeld: () => boolean;
  /** Calls `settle` once nobody points any more, for something was kept back. */
  keptBack: () => void;
}

/** @param settle shows what was kept back, where there is something. */
export function createHold(settle: () => void): Hold {
  let heldUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = () => {
    clearTimeout(timer);
    const left = heldUntil - performance.now();
    if (left > 0) timer = setTimeout(check, left);
    else settle();
  };
  return {
    point: () => {
      heldUntil = performance.now() + holdMs;
    },
    leave: () => {
      heldUntil = 0;
      clearTimeout(timer);
      settle();
    },
    isHeld: () => performance.now() < heldUntil,
    keptBack: check,
  };
}
