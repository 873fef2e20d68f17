// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a backend of the bench is made of it
export { default as goldenPathPlugin } from '@goldenpath/backstage-plugin-golden-path-backend';
