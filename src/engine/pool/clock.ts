/** A clock that stands still while the machine sleeps, milliseconds: see `AwakeClock`. */
export interface Clock {
  now(): number;
}
