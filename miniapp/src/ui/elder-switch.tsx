import type { Skin } from "../session.ts";
import { Icon } from "./icon.tsx";
import { Tap } from "./tap.tsx";

/** One tap to the elder edition and back; stands at the top of the home page in both. */
export function ElderSwitch({ skin, onChange }: { skin: Skin; onChange?: ((skin: Skin) => void) | undefined }) {
  const word = skin === 0 ? "长辈版" : "普通版";
  return (
    <Tap
      class="chip"
      label={skin === 0 ? "长辈版，换成大字" : "普通版，换回小字"}
      onTap={() => onChange?.(skin === 0 ? 1 : 0)}
    >
      <Icon name="a-large-small" />
      {word}
    </Tap>
  );
}
