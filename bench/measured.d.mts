export function measured(
  tasks: number,
  work: (take: (value: number) => void) => Promise<unknown>,
): Promise<void>;
