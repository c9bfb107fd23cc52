type ChoiceProps<K extends string> = {
  id?: string;
  value?: K | "";
  onChange?: (value: K | "") => void;
  options: readonly (readonly [K, string])[];
  any?: string;
  disabled?: boolean;
};
/** A plain list to choose from: keyboard, screen reader and phone all know it. */
export function Choice<K extends string>({ id, value, onChange, options, any, disabled }: ChoiceProps<K>) {
  return (
    <select
      id={id}
      className="plain"
      value={value ?? ""}
      disabled={disabled}
      onChange={(event) => onChange?.(options.find(([key]) => key === event.target.value)?.[0] ?? "")}
    >
      {any === undefined ? null : <option value="">{any}</option>}
      {options.map(([key, label]) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))}
    </select>
  );
}
