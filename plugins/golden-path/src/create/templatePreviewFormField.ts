import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import {
  TEMPLATE_PREVIEW_FIELD,
  TemplatePreviewField,
} from './TemplatePreviewField';

/** The field for apps on the new frontend system. */
export const templatePreviewFormField = createFormField({
  name: TEMPLATE_PREVIEW_FIELD,
  component: TemplatePreviewField as never,
});
