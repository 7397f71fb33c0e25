import './bar.css';

/** A thin bar that says how much of something is done, 0 to 1; null where that is not known yet. */
export function Bar({ share, label }: { share: number | null; label: string }) {
  return (
    <span
      className="bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
    >
      <span className="bar-done" style={{ width: `${Math.min(1, Math.max(0, share ?? 0)) * 100}%` }} />
    </span>
  );
}
