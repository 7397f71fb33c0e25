import { obstacleTo } from './obstacle.mjs';

/**
 * Starts Poolboard. Resolves with the exit status.
 *
 * @param {import('./starting.mjs').Starting} starting what to start, and how.
 * @param {string[]} args of `npm start -- …`: paths to open in the app, options of `serve` for the browser.
 */
export async function start(starting, args) {
  const missing = starting.missing();
  if (missing) {
    starting.say(missing);
    return 2;
  }
  if (starting.needsBuild()) {
    starting.say('Building Poolboard …');
    const status = await starting.build();
    if (status !== 0) {
      starting.say('Poolboard could not be built; the reason stands above.');
      return status;
    }
  }
  const reason = await tryElectron(starting, args);
  if (typeof reason === 'number') return reason;
  starting.say(`${reason}; Poolboard opens in the browser instead.`);
  return starting.serve(args);
}

/** The exit status of the app, or why it did not open, as the first half of a sentence. */
async function tryElectron(starting, args) {
  const obstacle = obstacleTo(starting.surroundings);
  if (obstacle) return obstacle;
  if (!starting.hasRuntime()) {
    starting.say("Fetching Electron's runtime, once (about 120 MB) …");
    const failure = await starting.fetchRuntime();
    if (failure) return `Electron's runtime cannot be fetched (${failure})`;
  }
  const { status, failure } = await starting.openApp(args);
  return failure ? `Electron cannot start (${failure})` : status;
}
