/** A dialog opens with the cursor in its first field, not on the cross that closes it. Given as `afterOpenChange`. */
export function focusField(open: boolean): void {
  if (!open) return;
  const bodies = document.querySelectorAll(".ant-modal-body");
  const field = bodies[bodies.length - 1]?.querySelector("input:not([type=file]), select, textarea");
  if (field instanceof HTMLElement) field.focus();
}
