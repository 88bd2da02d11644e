/** The sign of the house: the sun under the horizon, its light above. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M2.5 15.5a9.5 9.5 0 0 1 19 0" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M7.5 15.5a4.5 4.5 0 0 1 9 0Z" fill="var(--lamp)" />
      <path d="M1 15.5h22M5 19h14" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
