export { adoptionLayer } from './adoptionLayer';
export { missingValues } from './missingValues';
export { type AdoptionPlan, type KeptFile, planAdoption } from './planAdoption';
