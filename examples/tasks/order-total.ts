/** A task for the rows of a table: each row is an object, its fields are texts. */
export const meta = { summary: 'The total of an order: price times count, in cents.' };

interface Order {
  order: string;
  customer: string;
  price: string;
  count: string;
}

export default function orderTotal({ order, customer, price, count }: Order) {
  const cents = Math.round(Number(price) * Number(count) * 100);
  if (Number.isNaN(cents))
    throw new TypeError(`Order ${order} has the price "${price}": that is not a number.`);
  return { order, customer, cents };
}
