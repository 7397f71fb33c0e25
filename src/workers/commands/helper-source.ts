/**
 * A program that starts programs, in Python: it is small, so that the system starts children of it several times
 * faster than children of Node; it is told what Node is not, their processor time and memory; and it outlives a worker
 * that is killed for long enough to end what that had started. Here as text, for Python cannot look into the archive
 * that an Electron app is packed in.
 *
 * Reads JSON lines: first the environment; then `{i, p, a, e?, s?}` to start program `p` with arguments `a`, variables
 * `e` and standard input `s`, and `{k}` to end one. Answers in frames: the number `i`, a kind, a length, the payload.
 * Kinds: 0 ended (wait status, wall and CPU milliseconds, peak bytes or 0), 1 and 2 output, 3 could not be started
 * (the system's word for why), 4 ready.
 */
export const helperSource = String.raw`
import errno, json, os, resource, select, signal, struct, sys, time

GRACE, LINGER = float(sys.argv[1]), float(sys.argv[2])
POLL_MS = 20
HEAD = struct.Struct('<IBI')
END = struct.Struct('<iddq')
LINUX = sys.platform.startswith('linux')
# Places in what stat_fields() gives.
STATE, PARENT, GROUP, STARTED = 0, 1, 2, 19
RSS_UNIT = 1 if sys.platform == 'darwin' else 1024
DEFAULT_SIGNALS = [signal.SIGPIPE, signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGXFSZ]


class Job:
    __slots__ = ('id', 'pid', 'readers', 'writer', 'pending', 'started', 'ended', 'result', 'kill_at', 'strays')


def stat_fields(pid):
    """What Linux says of a process, from its state on (man 5 proc_pid_stat); None where there is none."""
    try:
        with open('/proc/%d/stat' % pid, 'rb') as file:
            fields = file.read().rpartition(b')')[2].split()
    except OSError:
        return None
    return fields if len(fields) > STARTED else None


def all_stat_fields():
    """The same of every process, by its pid."""
    for name in os.listdir('/proc'):
        fields = stat_fields(int(name)) if name.isdigit() else None
        if fields:
            yield int(name), fields


def descendants_outside(leader):
    """What the leader's tree has moved to groups of its own: pairs of pid and start time."""
    entries = {}
    if LINUX:
        for pid, fields in all_stat_fields():
            entries[pid] = (int(fields[PARENT]), int(fields[GROUP]), fields[STARTED])
    else:
        with os.popen('ps -A -o pid=,ppid=,pgid=') as listing:
            for line in listing:
                pid, parent, group = line.split()
                entries[int(pid)] = (int(parent), int(group), None)
    children = {}
    for pid, (parent, _, _) in entries.items():
        children.setdefault(parent, []).append(pid)
    found, queue = [], [leader]
    while queue:
        for pid in children.get(queue.pop(), ()):
            queue.append(pid)
            if entries[pid][1] != leader:
                found.append((pid, entries[pid][2]))
    return found


def group_lives(leader):
    if not send(os.killpg, leader, 0):
        return False
    if not LINUX:
        return True
    # The dead answer too until they are reaped, which the first process of a container may never do.
    return any(int(fields[GROUP]) == leader and fields[STATE] not in (b'Z', b'X') for _, fields in all_stat_fields())


def is_same(pid, started):
    if started is None:
        return True
    fields = stat_fields(pid)
    return fields is not None and fields[STARTED] == started and fields[STATE] != b'Z'


def send(kill, target, number):
    try:
        kill(target, number)
        return True
    except OSError:
        return False


class Helper:
    def __init__(self):
        self.poller = select.poll()
        self.jobs = {}
        self.fds = {}
        self.watched = set()
        self.unread = b''
        self.env = None
        self.closing = False
        self.apart = {'setsid': True}
        self.null = os.open(os.devnull, os.O_RDONLY)
        # Handlers of Python, unlike ignored signals, are not inherited by what is started.
        for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: None)
        self.wake, wake_up = os.pipe()
        os.set_blocking(self.wake, False)
        os.set_blocking(wake_up, False)
        signal.set_wakeup_fd(wake_up, warn_on_full_buffer=False)
        # Requests come first in each round of events: they open files, and the numbers of those that the rest of the
        # round closes must not be taken for them.
        self.poller.register(0, select.POLLIN)
        self.poller.register(self.wake, select.POLLIN)

    def frame(self, id, kind, payload=b''):
        data = HEAD.pack(id, kind, len(payload)) + payload
        while data and not self.closing:
            try:
                data = data[os.write(1, data):]
            except OSError:
                self.close()

    def run(self):
        self.frame(0, 4)
        while self.jobs or not self.closing:
            for fd, event in self.poller.poll(POLL_MS if self.watched else None):
                if fd == 0:
                    self.read_requests()
                elif fd == self.wake:
                    self.reap()
                elif fd in self.fds:
                    self.exchange(fd)
            if self.watched:
                now = time.monotonic()
                for job in list(self.watched):
                    self.settle(job, now)

    def read_requests(self):
        data = os.read(0, 65536)
        if not data:
            self.close()
            return
        *lines, self.unread = (self.unread + data).split(b'\n')
        for line in lines:
            request = json.loads(line)
            if self.env is None:
                self.env = {os.fsencode(key): os.fsencode(value) for key, value in request.items()}
            elif 'k' in request:
                job = self.jobs.get(request['k'])
                if job:
                    self.cancel(job)
            else:
                self.start(request)

    def start(self, request):
        out, out_end = os.pipe()
        err, err_end = os.pipe()
        inherited, fed = self.null, None
        if 's' in request:
            inherited, fed = os.pipe()
        env = self.env
        if 'e' in request:
            env = {**env, **{os.fsencode(key): text(value) for key, value in request['e'].items()}}
        job = Job()
        job.started = time.monotonic()
        actions = [(os.POSIX_SPAWN_DUP2, inherited, 0), (os.POSIX_SPAWN_DUP2, out_end, 1), (os.POSIX_SPAWN_DUP2, err_end, 2)]
        try:
            job.pid = self.spawn(request['p'], [text(word) for word in request['a']], env, actions)
        except (OSError, ValueError) as error:
            for fd in (out, err) if fed is None else (out, err, fed):
                os.close(fd)
            reason = errno.errorcode.get(getattr(error, 'errno', None), str(error))
            self.frame(request['i'], 3, reason.encode())
            return
        finally:
            os.close(out_end)
            os.close(err_end)
            if fed is not None:
                os.close(inherited)
        job.id, job.readers, job.writer, job.pending = request['i'], {out, err}, fed, None
        job.ended, job.result, job.kill_at, job.strays = 0.0, None, None, []
        self.jobs[job.id] = job
        for fd, kind in ((out, 1), (err, 2)):
            self.fds[fd] = (job, kind)
            self.poller.register(fd, select.POLLIN)
        if fed is not None:
            job.pending = memoryview(text(request['s']))
            os.set_blocking(fed, False)
            self.fds[fed] = (job, 0)
            self.poller.register(fed, select.POLLOUT)

    def spawn(self, program, argv, env, actions):
        try:
            return os.posix_spawn(program, argv, env, file_actions=actions, setsigdef=DEFAULT_SIGNALS, setsigmask=(), **self.apart)
        except NotImplementedError:
            # An old system without sessions for this: a group will do.
            self.apart = {'setpgroup': 0}
            return self.spawn(program, argv, env, actions)
        except OSError as error:
            if error.errno != errno.ENOEXEC:
                raise
            # A script without a first line that names its interpreter.
            return self.spawn('/bin/sh', [b'sh', os.fsencode(program)] + argv[1:], env, actions)

    def exchange(self, fd):
        job, kind = self.fds[fd]
        if kind == 0:
            self.feed(job)
            return
        try:
            data = os.read(fd, 65536)
        except OSError:
            data = b''
        if data:
            self.frame(job.id, kind, data)
            return
        self.forget(fd)
        job.readers.discard(fd)
        if not job.readers and job.result is not None:
            self.settle(job, time.monotonic())

    def feed(self, job):
        try:
            job.pending = job.pending[os.write(job.writer, job.pending):]
        except BlockingIOError:
            return
        except OSError:
            job.pending = b''
        if not len(job.pending):
            self.forget(job.writer)
            job.writer = None

    def forget(self, fd):
        self.poller.unregister(fd)
        del self.fds[fd]
        os.close(fd)

    def reap(self):
        try:
            os.read(self.wake, 65536)
        except BlockingIOError:
            pass
        for job in list(self.jobs.values()):
            if job.result is not None:
                continue
            pid, status, usage = os.wait4(job.pid, os.WNOHANG)
            if pid == 0:
                continue
            job.ended = time.monotonic()
            peak = usage.ru_maxrss
            # Linux counts what the helper itself had before the program took its place.
            if LINUX and peak <= resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:
                peak = 0
            cpu = (usage.ru_utime + usage.ru_stime) * 1000
            job.result = END.pack(status, (job.ended - job.started) * 1000, cpu, peak * RSS_UNIT)
            self.watched.add(job)
            self.settle(job, job.ended)

    def cancel(self, job):
        if job.kill_at is not None:
            return
        job.kill_at = time.monotonic() + GRACE
        job.strays = descendants_outside(job.pid)
        self.signal_tree(job, signal.SIGTERM)
        self.watched.add(job)

    def signal_tree(self, job, number):
        send(os.killpg, job.pid, number)
        for pid, started in job.strays:
            if is_same(pid, started):
                send(os.kill, pid, number)

    def is_alive(self, job):
        if group_lives(job.pid):
            return True
        return any(is_same(pid, started) and send(os.kill, pid, 0) for pid, started in job.strays)

    def settle(self, job, now):
        """Ends a job that is through: nothing more to read, nothing left of a tree that was to end."""
        if job.kill_at is not None and now >= job.kill_at:
            self.signal_tree(job, signal.SIGKILL)
        if job.result is None:
            return
        if job.kill_at is not None and self.is_alive(job) and now < job.kill_at + 1:
            return
        if job.readers and now < job.ended + LINGER:
            return
        for fd in list(job.readers):
            self.forget(fd)
        if job.writer is not None:
            self.forget(job.writer)
        self.watched.discard(job)
        del self.jobs[job.id]
        self.frame(job.id, 0, job.result)

    def close(self):
        """The worker is gone, or has no more work: end what still runs, then leave."""
        if self.closing:
            return
        self.closing = True
        self.poller.unregister(0)
        for job in list(self.jobs.values()):
            self.cancel(job)


def text(value):
    return value.encode('utf-8', 'surrogatepass')


Helper().run()
`;
