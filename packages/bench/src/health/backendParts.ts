/* eslint-disable @backstage/no-relative-monorepo-imports -- what is measured is no API of the package */
export { AnomalyStore } from '../../../../plugins/golden-path-backend/src/database/AnomalyStore';
export { EntityStore } from '../../../../plugins/golden-path-backend/src/database/EntityStore';
export { EventLogStore } from '../../../../plugins/golden-path-backend/src/database/EventLogStore';
export { EventStore } from '../../../../plugins/golden-path-backend/src/database/EventStore';
export { HealthReportStore } from '../../../../plugins/golden-path-backend/src/database/HealthReportStore';
export { migrate } from '../../../../plugins/golden-path-backend/src/database/migrations';
export { EventLog } from '../../../../plugins/golden-path-backend/src/health/EventLog';
export { HealthService } from '../../../../plugins/golden-path-backend/src/health/HealthService';
export { HealthReader } from '../../../../plugins/golden-path-backend/src/service/HealthReader';
