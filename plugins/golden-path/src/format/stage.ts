import type { RolloutStage } from '@goldenpath/engine';

/** A rule's rollout stage in words, with the day from which it counts. */
export function stageText(rollout: {
  stage: RolloutStage;
  enforceFrom?: string;
}): string {
  const day = rollout.enforceFrom?.slice(0, 10);
  switch (rollout.stage) {
    case 'shadow':
      return 'Trial, counts nowhere';
    case 'warn':
      return day ? `Announced, counts from ${day}` : 'Announced';
    default:
      return day ? `Counts since ${day}` : 'Counts';
  }
}
