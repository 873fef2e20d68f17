/** How to greet at a time, by the visitor's own clock. */
export function openingAt(time: Date): string {
  const hour = time.getHours();
  if (hour < 12) {
    return 'Good morning';
  }
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}
