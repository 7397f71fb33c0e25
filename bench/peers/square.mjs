/** The task of every engine here: too short to be worth a process, so that what is measured is the engine. */
export default (x) => x * x;
