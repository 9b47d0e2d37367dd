import { ConversionForm } from "@/app/_components/settings/conversion-form";
import { DeleteOriginals } from "@/app/_components/settings/delete-originals";
import { SectionCard } from "@/app/_components/settings/section-card";
import { stateOf } from "@/app/_components/settings/setting-state";
import { loadSettings } from "@/lib/settings/loaders";
import { words } from "@/lib/web/words";

/** How films become files that browsers play, and what becomes of the originals. */
export async function ConversionSection() {
  const [{ values, itemOf }, t] = await Promise.all([loadSettings(), words("settings")]);
  const { modernCodecs, greatestHeight, keepSurround, clearVoice } = values;
  const { pictureQuality, encoderPreset, encoderThreads, hardwareEncoding } = values;
  return (
    <>
      <SectionCard title={t("conversionTitle")}>
        <ConversionForm
          values={{
            ...{ modernCodecs, greatestHeight, keepSurround, clearVoice },
            ...{ pictureQuality, encoderPreset, encoderThreads, hardwareEncoding },
          }}
        />
      </SectionCard>
      <SectionCard title={t("originalsTitle")}>
        <DeleteOriginals
          value={values.deleteOriginalFiles}
          variable={stateOf(itemOf("deleteOriginalFiles")).variable}
        />
      </SectionCard>
    </>
  );
}
