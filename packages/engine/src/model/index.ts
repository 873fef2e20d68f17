export * from './driftReport';
export * from './fact';
export * from './goldenPath';
export * from './healthReport';
export * from './lock';
export * from './scorecard';
export * from './serviceFile';
export * from './templateManifest';
