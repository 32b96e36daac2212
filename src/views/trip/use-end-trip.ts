/** Ends the trip under way and leads to what becomes of it, in the ledger that it belongs to. */
import { useRouter } from 'vue-router'
import { personName } from '../../components/account/person-name.ts'
import { useToast } from '../../composables/useToast.ts'
import { useDeviceStore } from '../../stores/device.ts'
import { useTripStore } from '../../stores/trip.ts'
import { whoseLedgerText } from '../../text/app/whose-ledger.ts'
import { useText } from '../../text/define-text.ts'
import { tripText } from '../../text/log/trip.ts'

export function useEndTrip(): () => Promise<void> {
  const t = useText(tripText)
  const names = useText(whoseLedgerText)
  const trips = useTripStore()
  const device = useDeviceStore()
  const router = useRouter()
  const toast = useToast()
  return async () => {
    const { trip, owner } = trips
    if (!trip || !owner) return
    if (owner.ledgerId !== device.current?.ledgerId) {
      await device.switchTo(owner.ledgerId)
      toast.show({ text: t.value.switched(personName(owner, names.value)) })
    }
    await trips.end(trip.startedAt)
    await router.replace(`/log/trip?at=${trip.startedAt}`)
  }
}
