/** A slow task: tells how far it is, and stops when it is canceled. */
export const meta = {
  summary: 'The square of a number, slowly.',
  takes: 'number',
  params: { seconds: { type: 'number', title: 'Seconds', default: 2, minimum: 0 } },
};

const steps = 10;

export default async function slowSquare(x, ctx) {
  for (let step = 1; step <= steps; step++) {
    await new Promise((resolve) => setTimeout(resolve, (ctx.params.seconds * 1000) / steps));
    ctx.signal.throwIfAborted();
    ctx.progress(step / steps, `step ${step} of ${steps}`);
  }
  return x * x;
}
