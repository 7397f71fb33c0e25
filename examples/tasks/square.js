/** The smallest task there is. */
export const meta = { summary: 'The square of a number.', takes: 'number' };

export default (x) => x * x;
