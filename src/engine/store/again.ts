/**
 * The answer of a write that has more to do, and wants to be called again with these arguments after others have
 * had their turn.
 */
export class Again {
  readonly args: unknown[];

  constructor(...args: unknown[]) {
    this.args = args;
  }
}
