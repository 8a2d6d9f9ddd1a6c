@export()
@description('The parameters of the nightly Restore-UnexpectedDeletion. The help of the runbook explains them.')
type restoreSchedule = {
  resourceGroupName: string[]?
  excludeTag: string[]?
  excludeDeletedBy: string[]?
  leaveUnknown: bool?

  @minValue(1)
  @maxValue(48)
  maximumAgeHours: int?

  createResourceGroup: bool?
  restoreDependency: bool?
}

@export()
@description('The parameters of the nightly Clear-DeletedAccount. A filter is required. See the help of the runbook.')
type clearSchedule = {
  resourceGroupName: string[]?
  tag: string[]?
  kind: string[]?

  @minValue(1)
  @maxValue(47)
  minimumAgeHours: int?

  @minValue(1)
  maximumCount: int?
}
