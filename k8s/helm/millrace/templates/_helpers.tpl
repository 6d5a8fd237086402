{{- define "millrace.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "millrace.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "millrace.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "millrace.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "millrace.gateway" -}}{{ include "millrace.fullname" . }}-gateway{{- end }}
{{- define "millrace.operator" -}}{{ include "millrace.fullname" . }}-operator{{- end }}
{{- define "millrace.webhook" -}}{{ include "millrace.fullname" . }}-webhook{{- end }}
{{- define "millrace.postgresql" -}}{{ include "millrace.fullname" . }}-postgresql{{- end }}

{{/* A name in the cluster's own scope, where releases of several namespaces meet. */}}
{{- define "millrace.clusterName" -}}{{ printf "%s-%s" .Release.Namespace (include "millrace.fullname" .) | trunc 52 | trimPrefix "-" | trimSuffix "-" }}{{- end }}

{{/* Labels that pods are found by: (dict "root" $ "component" "gateway") */}}
{{- define "millrace.selectorLabels" -}}
app.kubernetes.io/name: {{ include "millrace.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "millrace.labels" -}}
{{ include "millrace.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: millrace
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "millrace.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- define "millrace.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "millrace.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* Environment that both programs share: (dict "root" $ "component" .Values.gateway) */}}
{{- define "millrace.commonEnv" -}}
- name: MILLRACE_LOG_FORMAT
  value: {{ .root.Values.log.format | quote }}
- name: MILLRACE_LOG_LEVEL
  value: {{ .root.Values.log.level | quote }}
{{- with .root.Values.namespaces }}
- name: MILLRACE_NAMESPACES
  value: {{ join "," . | quote }}
{{- end }}
{{- range $name, $value := .component.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- with .component.env }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "millrace.spread" -}}
- maxSkew: 1
  topologyKey: kubernetes.io/hostname
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "millrace.selectorLabels" . | nindent 6 }}
{{- end }}

{{- define "millrace.webhookCertificateSecret" -}}
{{- if eq .Values.webhook.certificates "secret" -}}
{{ required "webhook.existingSecret is needed with webhook.certificates=secret" .Values.webhook.existingSecret }}
{{- else -}}
{{ include "millrace.webhook" . }}-certificate
{{- end -}}
{{- end }}
