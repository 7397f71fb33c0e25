import { beforeEach, expect, test, vi } from 'vitest';
import type { LogNews, LogPage, LogPiece } from '../../shared/contract/logs.ts';

const host = vi.hoisted(() => ({
  page: vi.fn(),
  follow: vi.fn(async () => {}),
  added: (_: unknown) => {},
  reconnect: () => {},
}));
vi.mock('../connection.ts', () => ({
  client: {
    logs: {
      page: host.page,
      follow: host.follow,
      on: {
        added: (listener: typeof host.added) => {
          host.added = listener;
        },
        found: () => {},
      },
    },
  },
  onConnected: (listener: () => void) => {
    host.reconnect = listener;
  },
}));

const { everyLine, loadMore, openLog, setFollowing, useLog } = await import('./log-state.ts');

const piece = (id: number): LogPiece => ({
  ...{ id, index: 0, worker: 1, stream: 'stdout', text: `line ${id}\n`, at: 1 },
});
const page = (ids: number[], newer = false): LogPage => ({
  ...{ batch: 7, pieces: ids.map(piece), older: true, newer },
});
const news = (ids: number[], joins = true): LogNews => ({ ...page(ids), joins });

/** Opens the log with pieces 1 to 3, and leaves its end. */
beforeEach(async () => {
  host.page.mockReset();
  host.follow.mockClear();
  host.page.mockResolvedValueOnce(page([1, 2, 3]));
  useLog.setState({ batch: null });
  openLog(7);
  await vi.waitFor(() => expect(host.follow).toHaveBeenCalledTimes(1));
  setFollowing(false);
});

test('lines that come are counted once, also where the connection was lost', () => {
  host.added(news([4, 5]));
  expect(useLog.getState().unseen).toBe(2);
  host.reconnect();
  expect(host.follow).toHaveBeenLastCalledWith({ batch: 7, filter: everyLine, after: 5 });
  host.added(news([4, 5, 6]));
  expect(useLog.getState()).toMatchObject({ unseen: 3, unseenMore: false });
});

test('where some were left out, there are more than were counted, until one comes to the end', async () => {
  host.added(news([98, 99], false));
  host.added(news([100]));
  expect(useLog.getState()).toMatchObject({ unseen: 3, unseenMore: true });
  host.page.mockResolvedValueOnce(page([4, 100]));
  await loadMore('after');
  setFollowing(true);
  expect(useLog.getState()).toMatchObject({ following: true, unseen: 0, unseenMore: false });
});

test('what comes while one scrolls to the end is not passed over', async () => {
  host.added(news([4]));
  const answer = Promise.withResolvers<LogPage>();
  host.page.mockReturnValueOnce(answer.promise);
  const loaded = loadMore('after');
  host.added(news([5]));
  answer.resolve(page([4]));
  await loaded;
  expect(useLog.getState().newer).toBe(true);
});
